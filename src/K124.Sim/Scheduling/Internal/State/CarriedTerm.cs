namespace K124.Sim.Scheduling.Internal;

/// <summary>An affinity term that pods on nodes carry, and how many pods on each node carry it.</summary>
internal sealed class CarriedTerm(AffinityTerm term, CarriedTermKind kind, int weight, TopologyDomains domains)
{
    private RowCounts _counts;

    public AffinityTerm Term { get; } = term;

    public CarriedTermKind Kind { get; } = kind;

    /// <summary>Weight of a preferred term; negative for anti-affinity.</summary>
    public int Weight { get; } = weight;

    public TopologyDomains Domains { get; } = domains;

    /// <summary>Pods that carry the term, by row; rows beyond the end have none.</summary>
    public ReadOnlySpan<int> PerNode => _counts.PerNode;

    /// <summary>Pods that carry the term on any row.</summary>
    public int Total { get; private set; }

    public void Add(int row, int amount)
    {
        _counts.Add(row, amount);
        Total += amount;
    }
}

internal enum CarriedTermKind
{
    RequiredAffinity,
    RequiredAntiAffinity,
    Preferred,
}
