using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.Plugins;

namespace K124.Sim.Manifests.Internal;

/// <summary>Reads the arguments of one plugin into a profile.</summary>
internal sealed class PluginArgsDecoder(SchedulerConfigurationDecoder reader, Action<string, string> report)
{
    public SchedulerProfile Decode(SchedulerProfile profile, string plugin, JsonElement args, string path)
    {
        if (InTreePlugins.Find(plugin) is null)
        {
            // Arguments of a plugin that nothing enables are not looked at.
            return profile;
        }

        foreach (var member in reader.Members(args, path))
        {
            var field = $"{path}.{member.Name}";
            if (member.Name is "apiVersion")
            {
                continue;
            }

            if (member.Name is "kind")
            {
                if (reader.Text(member.Value, field) != plugin + "Args")
                {
                    report(field, $"expected {plugin}Args");
                }

                continue;
            }

            if (Read(profile, plugin, member, field) is { } changed)
            {
                profile = changed;
            }
            else
            {
                reader.Unknown(path, member.Name);
            }
        }

        return profile;
    }

    private SchedulerProfile? Read(SchedulerProfile profile, string plugin, JsonProperty member, string field) => (plugin, member.Name) switch
    {
        ("DefaultPreemption", "minCandidateNodesPercentage") => profile with
        {
            DefaultPreemptionArgs = profile.DefaultPreemptionArgs with { MinCandidateNodesPercentage = (int)reader.Number(member.Value, field, 0, 100) },
        },
        ("DefaultPreemption", "minCandidateNodesAbsolute") => profile with
        {
            DefaultPreemptionArgs = profile.DefaultPreemptionArgs with { MinCandidateNodesAbsolute = (int)reader.Number(member.Value, field, 0, int.MaxValue) },
        },
        ("InterPodAffinity", "hardPodAffinityWeight") => profile with { InterPodAffinityArgs = new() { HardPodAffinityWeight = (int)reader.Number(member.Value, field, 0, 100) } },
        ("NodeAffinity", "addedAffinity") => profile with { NodeAffinityArgs = new() { AddedAffinity = PodSpecOf($"{{\"affinity\":{{\"nodeAffinity\":{member.Value.GetRawText()}}}}}", field)?.Affinity?.NodeAffinity } },
        ("NodeResourcesBalancedAllocation", "resources") => profile with { NodeResourcesBalancedAllocationArgs = new() { Resources = Resources(member.Value, field) } },
        ("NodeResourcesFit", "ignoredResources") => profile with { NodeResourcesFitArgs = profile.NodeResourcesFitArgs with { IgnoredResources = Texts(member.Value, field) } },
        ("NodeResourcesFit", "ignoredResourceGroups") => profile with { NodeResourcesFitArgs = profile.NodeResourcesFitArgs with { IgnoredResourceGroups = Texts(member.Value, field) } },
        ("NodeResourcesFit", "scoringStrategy") => profile with { NodeResourcesFitArgs = profile.NodeResourcesFitArgs with { ScoringStrategy = Strategy(member.Value, field) } },
        ("PodTopologySpread", "defaultingType") => profile with
        {
            PodTopologySpreadArgs = profile.PodTopologySpreadArgs with { DefaultingType = OneOf<PodTopologySpreadConstraintsDefaulting>(member.Value, field) },
        },
        ("PodTopologySpread", "defaultConstraints") => profile with { PodTopologySpreadArgs = profile.PodTopologySpreadArgs with { DefaultConstraints = Constraints(member.Value, field) } },
        ("VolumeBinding", "bindTimeoutSeconds") => profile with
        {
            VolumeBindingArgs = profile.VolumeBindingArgs with { BindTimeoutSeconds = reader.Number(member.Value, field, 0, long.MaxValue) },
        },
        ("VolumeBinding", "shape") => profile with { VolumeBindingArgs = profile.VolumeBindingArgs with { Shape = Points(member.Value, field) } },
        _ => null,
    };

    private ScoringStrategy Strategy(JsonElement element, string path)
    {
        var strategy = new ScoringStrategy();
        foreach (var member in reader.Members(element, path))
        {
            var field = $"{path}.{member.Name}";
            switch (member.Name)
            {
                case "type":
                    strategy = strategy with { Type = OneOf<ScoringStrategyType>(member.Value, field) };
                    break;
                case "resources":
                    strategy = strategy with { Resources = Resources(member.Value, field) };
                    break;
                case "requestedToCapacityRatio":
                    strategy = strategy with { Shape = Shape(member.Value, field) };
                    break;
                default:
                    reader.Unknown(path, member.Name);
                    break;
            }
        }

        return strategy;
    }

    private ImmutableArray<UtilizationShapePoint> Shape(JsonElement element, string path)
    {
        ImmutableArray<UtilizationShapePoint> points = [];
        foreach (var member in reader.Members(element, path))
        {
            if (member.Name == "shape")
            {
                points = Points(member.Value, path + ".shape");
            }
            else
            {
                reader.Unknown(path, member.Name);
            }
        }

        return points;
    }

    private ImmutableArray<UtilizationShapePoint> Points(JsonElement element, string path) =>
    [
        .. reader.Items(element, path).Select(item => new UtilizationShapePoint(
            (int)NumberAt(item.Value, "utilization", item.Path, "score"), (int)NumberAt(item.Value, "score", item.Path, "utilization"))),
    ];

    private ImmutableArray<ResourceSpec> Resources(JsonElement element, string path)
    {
        var resources = ImmutableArray.CreateBuilder<ResourceSpec>();
        foreach (var (item, itemPath) in reader.Items(element, path))
        {
            var resource = new ResourceSpec("");
            foreach (var member in reader.Members(item, itemPath))
            {
                switch (member.Name)
                {
                    case "name":
                        resource = resource with { Name = reader.Text(member.Value, itemPath + ".name") };
                        break;
                    case "weight":
                        resource = resource with { Weight = Math.Max(1, reader.Number(member.Value, itemPath + ".weight", 0, 100)) };
                        break;
                    default:
                        reader.Unknown(itemPath, member.Name);
                        break;
                }
            }

            resources.Add(resource);
        }

        return resources.ToImmutable();
    }

    private ImmutableArray<TopologySpreadConstraint> Constraints(JsonElement element, string path)
    {
        foreach (var (item, itemPath) in reader.Items(element, path))
        {
            foreach (var member in reader.Members(item, itemPath).Where(static member => member.Name is not ("maxSkew" or "topologyKey" or "whenUnsatisfiable" or "labelSelector" or "minDomains")))
            {
                reader.Unknown(itemPath, member.Name);
            }
        }

        return PodSpecOf($"{{\"topologySpreadConstraints\":{element.GetRawText()}}}", path)?.TopologySpreadConstraints ?? [];
    }

    private long NumberAt(JsonElement element, string name, string path, string other)
    {
        long number = 0;
        foreach (var member in reader.Members(element, path))
        {
            if (member.Name == name)
            {
                number = reader.Number(member.Value, $"{path}.{name}", 0, 100);
            }
            else if (member.Name != other)
            {
                reader.Unknown(path, member.Name);
            }
        }

        return number;
    }

    private ImmutableArray<string> Texts(JsonElement element, string path) => [.. reader.Items(element, path).Select(item => reader.Text(item.Value, item.Path))];

    private T OneOf<T>(JsonElement element, string path)
        where T : struct, Enum
    {
        var text = reader.Text(element, path);
        if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
        {
            return Enum.Parse<T>(text);
        }

        report(path, $"expected {string.Join(" or ", Enum.GetNames<T>())}, but found '{text}'");
        return default;
    }

    private PodSpec? PodSpecOf(string json, string path)
    {
        try
        {
            return KubernetesJson.Deserialize<Pod>($"{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":\"args\"}},\"spec\":{json}}}").Spec;
        }
        catch (JsonException exception)
        {
            report(path, exception.Message);
            return null;
        }
    }
}
