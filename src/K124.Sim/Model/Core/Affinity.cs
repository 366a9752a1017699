namespace K124.Sim.Model;

/// <summary>Affinity and anti-affinity rules of a pod.</summary>
public sealed record Affinity
{
    /// <summary>Rules about nodes.</summary>
    public NodeAffinity? NodeAffinity { get; init; }

    /// <summary>Pods to be near.</summary>
    public PodAffinity? PodAffinity { get; init; }

    /// <summary>Pods to be away from.</summary>
    public PodAntiAffinity? PodAntiAffinity { get; init; }
}
