using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.State;

/// <summary>An affinity term that pods on nodes carry; a population counts how many pods on each node do.</summary>
internal sealed class CarriedTerm(int id, AffinityTerm term, CarriedTermKind kind, int weight)
{
    /// <summary>Its place among the population's terms.</summary>
    public int Id { get; } = id;

    public AffinityTerm Term { get; } = term;

    public CarriedTermKind Kind { get; } = kind;

    /// <summary>Weight of a preferred term; negative for anti-affinity.</summary>
    public int Weight { get; } = weight;
}

internal enum CarriedTermKind
{
    RequiredAffinity,
    RequiredAntiAffinity,
    Preferred,
}
