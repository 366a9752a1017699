using K124.Sim.Model;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>The labels that say in which zones and regions a node is, or a volume can be reached.</summary>
internal static class ZoneLabels
{
    public static readonly string[] Keys =
    [
        "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone",
        "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone",
    ];

    /// <summary>Those of the labels that say so.</summary>
    public static StringMap<string> Of(StringMap<string> labels)
    {
        var zones = StringMap<string>.Empty;
        foreach (var key in Keys)
        {
            zones = labels.TryGetValue(key, out var zone) ? zones.With(key, zone) : zones;
        }

        return zones;
    }
}
