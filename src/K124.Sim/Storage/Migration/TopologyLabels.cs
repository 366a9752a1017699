using K124.Sim.Model;

namespace K124.Sim.Storage.Migration;

/// <summary>The well-known labels of zone and region, in one of their two generations.</summary>
internal sealed record TopologyLabels(string Zone, string Region)
{
    public static readonly TopologyLabels Stable = new("topology.kubernetes.io/zone", "topology.kubernetes.io/region");
    public static readonly TopologyLabels Beta = new("failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region");

    /// <summary>The generation that a volume uses: in its affinity, else in its labels; the stable one if in doubt.</summary>
    public static TopologyLabels Of(PersistentVolume volume)
    {
        var labels = volume.Metadata.Labels;
        return IsInAffinity(volume, Stable.Zone) ? Stable
            : IsInAffinity(volume, Beta.Zone) ? Beta
            : labels.ContainsKey(Stable.Zone) ? Stable
            : labels.ContainsKey(Beta.Zone) ? Beta
            : Stable;
    }

    private static bool IsInAffinity(PersistentVolume volume, string key) =>
        volume.Spec.NodeAffinity?.Required?.NodeSelectorTerms.Any(term => term.MatchExpressions.Any(expression => expression.Key == key)) == true;
}
