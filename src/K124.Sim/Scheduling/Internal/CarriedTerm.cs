namespace K124.Sim.Scheduling.Internal;

/// <summary>An affinity term that pods on nodes carry, and how many pods on each node carry it.</summary>
internal sealed class CarriedTerm(AffinityTerm term, CarriedTermKind kind, int weight, TopologyDomains domains, int nodeCount)
{
    public AffinityTerm Term { get; } = term;

    public CarriedTermKind Kind { get; } = kind;

    /// <summary>Weight of a preferred term; negative for anti-affinity.</summary>
    public int Weight { get; } = weight;

    public TopologyDomains Domains { get; } = domains;

    /// <summary>Pods that carry the term, by row.</summary>
    public int[] PerNode { get; } = new int[nodeCount];

    /// <summary>Pods that carry the term on any node.</summary>
    public int Total { get; set; }
}

internal enum CarriedTermKind
{
    RequiredAffinity,
    RequiredAntiAffinity,
    Preferred,
}
