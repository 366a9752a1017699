using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="PodDisruptionBudget"/>.</summary>
public sealed record PodDisruptionBudgetStatus
{
    internal static readonly PodDisruptionBudgetStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary>Generation that the status was computed from.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Evicted pods not yet seen as deleted, with the time of the eviction.</summary>
    public StringMap<DateTimeOffset> DisruptedPods { get; init => field = value ?? StringMap<DateTimeOffset>.Empty; } = StringMap<DateTimeOffset>.Empty;

    /// <summary>Disruptions allowed now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DisruptionsAllowed { get; init; }

    /// <summary>Healthy pods now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int CurrentHealthy { get; init; }

    /// <summary>Healthy pods wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DesiredHealthy { get; init; }

    /// <summary>Pods counted by the budget.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ExpectedPods { get; init; }

    /// <summary>Conditions.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }
}
