using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="HorizontalPodAutoscaler"/>.</summary>
public sealed record HorizontalPodAutoscalerSpec
{
    internal static readonly HorizontalPodAutoscalerSpec Default = new();

    private readonly Items<MetricSpec> _metrics;

    /// <summary>Rules of scaling.</summary>
    public HorizontalPodAutoscalerBehavior? Behavior { get; init; }

    /// <summary>Most replicas.</summary>
    public int MaxReplicas { get; init; }

    /// <summary>What is measured.</summary>
    public ImmutableArray<MetricSpec> Metrics { get => _metrics.Array; init => _metrics = new(value); }

    /// <summary>Fewest replicas; null counts as 1.</summary>
    public int? MinReplicas { get; init; }

    /// <summary>Workload that is scaled.</summary>
    public CrossVersionObjectReference ScaleTargetRef { get; init => field = value ?? CrossVersionObjectReference.Default; } = CrossVersionObjectReference.Default;
}
