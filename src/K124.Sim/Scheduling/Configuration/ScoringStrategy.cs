using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>How NodeResourcesFit scores a node by what would be asked of its resources.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (ScoringStrategy).</remarks>
public sealed record ScoringStrategy
{
    private readonly Items<ResourceSpec> _resources = new([new("cpu"), new("memory")]);
    private readonly Items<UtilizationShapePoint> _shape;

    /// <summary>The strategy.</summary>
    /// <value><see cref="ScoringStrategyType.LeastAllocated"/> by default.</value>
    public ScoringStrategyType Type { get; init; }

    /// <summary>The resources that are looked at, each with its weight.</summary>
    /// <value>cpu and memory, 1 each, by default.</value>
    public ImmutableArray<ResourceSpec> Resources { get => _resources.Array; init => _resources = new(value); }

    /// <summary>The score by utilization, for <see cref="ScoringStrategyType.RequestedToCapacityRatio"/> alone, which needs it.</summary>
    /// <value>None by default. Utilizations rise from point to point.</value>
    public ImmutableArray<UtilizationShapePoint> Shape { get => _shape.Array; init => _shape = new(value); }
}
