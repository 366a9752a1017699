using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Platform;
using K124.Sim.Scheduling.ExtensionPoints;
using K124.Sim.Scheduling.Plugins;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Says what is wrong with a configuration, as far as its types do not rule it out.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config/validation, and what pkg/scheduler/framework/runtime refuses.</remarks>
internal static class ConfigurationCheck
{
    private const int MaxResourceWeight = 100;
    private const int MaxShapeScore = 10;

    /// <summary>Throws if anything is wrong.</summary>
    /// <exception cref="ArgumentException">Something is.</exception>
    public static void Demand(SchedulerOptions options, string parameterName)
    {
        FieldError[] errors =
        [
            .. OwnErrors(options.Plugins),
            .. Errors(options.Configuration, options.Plugins, options.FeatureGates),
            .. ExtenderChecks.Unanswered(options.Configuration.Extenders),
        ];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", errors.Select(static error => error.ToString())), parameterName);
        }
    }

    /// <summary>What is wrong, given the plugins that users add to those of Kubernetes.</summary>
    public static IEnumerable<FieldError> Errors(SchedulerConfiguration configuration, IReadOnlyList<ISchedulerPlugin> own, FeatureGates gates)
    {
        if (configuration.PodMaxBackoffSeconds < configuration.PodInitialBackoffSeconds)
        {
            yield return Invalid("podMaxBackoffSeconds", configuration.PodMaxBackoffSeconds, "must be greater than or equal to PodInitialBackoffSeconds");
        }

        if (configuration.Profiles.IsEmpty)
        {
            yield return new(FieldErrorType.Required, "profiles", null, "");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < configuration.Profiles.Length; i++)
        {
            var profile = configuration.Profiles[i];
            var path = $"profiles[{i}]";
            if (profile.SchedulerName.Length == 0)
            {
                yield return new(FieldErrorType.Required, path + ".schedulerName", null, "");
            }
            else if (!names.Add(profile.SchedulerName))
            {
                yield return new(FieldErrorType.Duplicate, path + ".schedulerName", Quoted(profile.SchedulerName), "");
            }

            if (!profile.Plugins.QueueSort.SequenceEqual(configuration.Profiles[0].Plugins.QueueSort, StringComparer.Ordinal))
            {
                yield return Invalid(path + ".plugins.queueSort", string.Join(", ", profile.Plugins.QueueSort), "has to match for all profiles");
            }

            foreach (var error in PluginErrors(profile, own, path + ".plugins").Concat(ArgumentErrors(profile, gates, path)))
            {
                yield return error;
            }
        }

        foreach (var error in ExtenderChecks.Errors(configuration.Extenders))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> PluginErrors(SchedulerProfile profile, IReadOnlyList<ISchedulerPlugin> own, string path)
    {
        if (profile.Plugins.QueueSort.Length != 1)
        {
            yield return Invalid(path + ".queueSort", string.Join(", ", profile.Plugins.QueueSort), "one plugin must order the queue");
        }

        if (profile.Plugins.Bind.IsEmpty)
        {
            yield return new(FieldErrorType.Required, path + ".bind", null, "at least one plugin must bind");
        }

        foreach (var point in Enum.GetValues<ExtensionPoint>())
        {
            var field = $"{path}.{char.ToLowerInvariant(point.ToString()[0])}{point.ToString()[1..]}";
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in profile.Plugins.At(point))
            {
                if (PluginError(name, point, own) is { } error)
                {
                    yield return Invalid(field, Quoted(name), error);
                }
                else if (!seen.Add(name))
                {
                    yield return new(FieldErrorType.Duplicate, field, Quoted(name), "");
                }
            }
        }

        foreach (var plugin in profile.Plugins.Score.Where(static plugin => plugin.Weight < 1))
        {
            yield return Invalid(path + ".score", $"{plugin.Name} {plugin.Weight}", "a weight must be at least 1");
        }

        foreach (var (name, first, second) in Pairs(profile.Plugins))
        {
            yield return Invalid($"{path}", Quoted(name), $"is enabled at {second} but not at {first}, so that every attempt would end in an error");
        }
    }

    private static string? PluginError(string name, ExtensionPoint point, IReadOnlyList<ISchedulerPlugin> own)
    {
        var extends = InTreePlugins.Find(name) is { } inTree ? inTree.Points.Contains(point)
            : own.FirstOrDefault(plugin => plugin.Name == name) is { } found ? UserPlugin.Extends(found, point)
            : (bool?)null;
        return extends switch
        {
            null => "there is no such plugin",
            false => $"the plugin does not extend {point}",
            true => null,
        };
    }

    /// <summary>A user's plugin has a name of its own.</summary>
    private static IEnumerable<FieldError> OwnErrors(IReadOnlyList<ISchedulerPlugin> own)
    {
        for (var i = 0; i < own.Count; i++)
        {
            var name = own[i].Name;
            if (InTreePlugins.Find(name) is not null || own.Take(i).Any(other => other.Name == name))
            {
                yield return new(FieldErrorType.Duplicate, $"plugins[{i}]", Quoted(name), "");
            }
        }
    }

    /// <summary>Plugins that read at one point what they noted at an earlier one, where they are not enabled.</summary>
    private static IEnumerable<(string Name, ExtensionPoint First, ExtensionPoint Second)> Pairs(ProfilePlugins plugins)
    {
        string[] filters = ["NodePorts", "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity"];
        string[] scores = ["TaintToleration", "NodeAffinity", "PodTopologySpread", "InterPodAffinity", "SelectorSpread"];
        return filters.Where(name => plugins.Filter.Contains(name) && !plugins.PreFilter.Contains(name))
            .Select(static name => (name, ExtensionPoint.PreFilter, ExtensionPoint.Filter))
            .Concat(scores.Where(name => plugins.At(ExtensionPoint.Score).Contains(name) && !plugins.PreScore.Contains(name))
                .Select(static name => (name, ExtensionPoint.PreScore, ExtensionPoint.Score)));
    }

    private static IEnumerable<FieldError> ArgumentErrors(SchedulerProfile profile, FeatureGates gates, string path)
    {
        if (profile.DefaultPreemptionArgs is { MinCandidateNodesPercentage: 0, MinCandidateNodesAbsolute: 0 })
        {
            yield return Invalid(path + ".defaultPreemptionArgs", 0, "both minCandidateNodesPercentage and minCandidateNodesAbsolute cannot be zero");
        }

        foreach (var error in AffinityErrors(profile.NodeAffinityArgs, path + ".nodeAffinityArgs.addedAffinity")
            .Concat(FitErrors(profile.NodeResourcesFitArgs, path + ".nodeResourcesFitArgs"))
            .Concat(ResourceErrors(profile.NodeResourcesBalancedAllocationArgs.Resources, 1, path + ".nodeResourcesBalancedAllocationArgs.resources"))
            .Concat(SpreadErrors(profile.PodTopologySpreadArgs, path + ".podTopologySpreadArgs"))
            .Concat(VolumeErrors(profile.VolumeBindingArgs, gates, path + ".volumeBindingArgs.shape")))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> AffinityErrors(NodeAffinityArgs args, string path)
    {
        var required = args.AddedAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [];
        var preferred = args.AddedAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [];
        return required.SelectMany((term, i) => CompiledNodeTerm.Compile(term, $"{path}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[{i}]").Errors)
            .Concat(preferred.SelectMany((term, i) => CompiledNodeTerm.Compile(term.Preference, $"{path}.preferredDuringSchedulingIgnoredDuringExecution[{i}].preference").Errors))
            .Select(error => Invalid(path, "terms", error));
    }

    private static IEnumerable<FieldError> FitErrors(NodeResourcesFitArgs args, string path)
    {
        foreach (var group in args.IgnoredResourceGroups.Where(static group => group.Contains('/', StringComparison.Ordinal)))
        {
            yield return Invalid(path + ".ignoredResourceGroups", Quoted(group), "resource group name can't contain '/'");
        }

        var strategy = args.ScoringStrategy;
        foreach (var error in ResourceErrors(strategy.Resources, MaxResourceWeight, path + ".scoringStrategy.resources"))
        {
            yield return error;
        }

        var shape = path + ".scoringStrategy.requestedToCapacityRatio.shape";
        if (strategy.Type == ScoringStrategyType.RequestedToCapacityRatio && strategy.Shape.IsEmpty)
        {
            yield return new(FieldErrorType.Required, shape, null, "at least one point must be specified");
        }

        foreach (var error in ShapeErrors(strategy.Shape, shape))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> VolumeErrors(VolumeBindingArgs args, FeatureGates gates, string path) =>
        args.Shape.IsEmpty || gates.IsEnabled("VolumeCapacityPriority")
            ? ShapeErrors(args.Shape, path)
            : [Invalid(path, args.Shape.Length, "unexpected field `shape`, feature gate VolumeCapacityPriority is disabled")];

    private static IEnumerable<FieldError> ShapeErrors(IReadOnlyList<UtilizationShapePoint> points, string path)
    {
        for (var i = 0; i < points.Count; i++)
        {
            var (utilization, score) = points[i];
            if (utilization is < 0 or > 100)
            {
                yield return Invalid($"{path}[{i}].utilization", utilization, "not in valid range [0-100]");
            }

            if (score is < 0 or > MaxShapeScore)
            {
                yield return Invalid($"{path}[{i}].score", score, $"not in valid range [0-{MaxShapeScore}]");
            }

            if (i > 0 && utilization <= points[i - 1].Utilization)
            {
                yield return Invalid($"{path}[{i}].utilization", utilization, "utilization values must be sorted in increasing order");
            }
        }
    }

    private static IEnumerable<FieldError> ResourceErrors(IReadOnlyList<ResourceSpec> resources, int maxWeight, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < resources.Count; i++)
        {
            if (resources[i].Weight < 1 || resources[i].Weight > maxWeight)
            {
                yield return Invalid(
                    $"{path}[{i}].weight", resources[i].Weight, maxWeight == 1 ? "must be 1" : $"resource weight of {resources[i].Name} not in valid range [1-{maxWeight}]");
            }

            if (!names.Add(resources[i].Name))
            {
                yield return new(FieldErrorType.Duplicate, $"{path}[{i}].name", Quoted(resources[i].Name), "");
            }
        }
    }

    private static IEnumerable<FieldError> SpreadErrors(PodTopologySpreadArgs args, string path)
    {
        if (args.DefaultingType == PodTopologySpreadConstraintsDefaulting.System && !args.DefaultConstraints.IsEmpty)
        {
            yield return Invalid(path + ".defaultingType", "System", "when .defaultConstraints are specified");
        }

        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < args.DefaultConstraints.Length; i++)
        {
            var constraint = args.DefaultConstraints[i];
            var field = $"{path}.defaultConstraints[{i}]";
            if (constraint.MaxSkew <= 0)
            {
                yield return Invalid(field + ".maxSkew", constraint.MaxSkew, "not in valid range (0, inf)");
            }

            if (constraint.TopologyKey.Length == 0)
            {
                yield return new(FieldErrorType.Required, field + ".topologyKey", null, "can not be empty");
            }

            if (constraint.WhenUnsatisfiable is not ("DoNotSchedule" or "ScheduleAnyway"))
            {
                yield return new(FieldErrorType.NotSupported, field + ".whenUnsatisfiable", Quoted(constraint.WhenUnsatisfiable), "supported values: \"DoNotSchedule\", \"ScheduleAnyway\"");
            }

            if (constraint.LabelSelector is not null)
            {
                yield return new(FieldErrorType.Forbidden, field + ".labelSelector", null, "constraint must not define a selector, as they deduced for each pod");
            }

            if (!seen.Add((constraint.TopologyKey, constraint.WhenUnsatisfiable)))
            {
                yield return new(FieldErrorType.Duplicate, field, Quoted($"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}"), "");
            }
        }
    }

    private static FieldError Invalid(string field, object value, string detail) => new(FieldErrorType.Invalid, field, value.ToString(), detail);

    private static string Quoted(string text) => $"\"{text}\"";
}
