using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="HorizontalPodAutoscaler"/>.</summary>
public sealed record HorizontalPodAutoscalerStatus
{
    internal static readonly HorizontalPodAutoscalerStatus Default = new();

    private readonly Items<Condition> _conditions;
    private readonly Items<MetricStatus> _currentMetrics;

    /// <summary>Conditions, one a type.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>Last readings.</summary>
    public ImmutableArray<MetricStatus> CurrentMetrics { get => _currentMetrics.Array; init => _currentMetrics = new(value); }

    /// <summary>Pods of the present revision.</summary>
    public int CurrentReplicas { get; init; }

    /// <summary>Replicas that are wanted now.</summary>
    public int DesiredReplicas { get; init; }

    /// <summary>When replicas were last changed.</summary>
    public DateTimeOffset? LastScaleTime { get; init; }

    /// <summary>Generation that the controller last saw.</summary>
    public long? ObservedGeneration { get; init; }
}
