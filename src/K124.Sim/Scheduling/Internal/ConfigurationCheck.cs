using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Scheduling.Internal;

/// <summary>Says what is wrong with a configuration, as far as its types do not rule it out.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config/validation, and what pkg/scheduler/framework/runtime refuses.</remarks>
internal static class ConfigurationCheck
{
    /// <summary>Throws if anything is wrong.</summary>
    /// <exception cref="ArgumentException">Something is.</exception>
    public static void Demand(SchedulerConfiguration configuration, string parameterName)
    {
        FieldError[] errors = [.. Errors(configuration)];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", errors.Select(static error => error.ToString())), parameterName);
        }
    }

    public static IEnumerable<FieldError> Errors(SchedulerConfiguration configuration)
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

            foreach (var error in PluginErrors(profile, path + ".plugins").Concat(ArgumentErrors(profile, path)))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> PluginErrors(SchedulerProfile profile, string path)
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
                if (PluginError(name, point) is { } error)
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

    private static string? PluginError(string name, ExtensionPoint point) => InTreePlugins.Find(name) switch
    {
        null => "there is no such plugin",
        { IsAvailable: false } => "this plugin of Kubernetes is not part of the library",
        { Points: var points } when !points.Contains(point) => $"the plugin does not extend {point}",
        _ => null,
    };

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

    private static IEnumerable<FieldError> ArgumentErrors(SchedulerProfile profile, string path)
    {
        if (profile.DefaultPreemptionArgs is { MinCandidateNodesPercentage: 0, MinCandidateNodesAbsolute: 0 })
        {
            yield return Invalid(path + ".defaultPreemptionArgs", 0, "both minCandidateNodesPercentage and minCandidateNodesAbsolute cannot be zero");
        }
    }

    private static FieldError Invalid(string field, object value, string detail) => new(FieldErrorType.Invalid, field, value.ToString(), detail);

    private static string Quoted(string text) => $"\"{text}\"";
}
