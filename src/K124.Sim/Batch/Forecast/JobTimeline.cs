using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;

namespace K124.Sim.Batch.Forecast;

/// <summary>What happened in a scenario, in order.</summary>
public sealed record JobTimeline
{
    /// <summary>What happened.</summary>
    public ImmutableArray<JobTimelineEntry> Timeline { get => field.IsDefault ? [] : field; init; }

    /// <summary>The state before each action and at the end.</summary>
    public ImmutableArray<JobCheckpoint> Checkpoints { get => field.IsDefault ? [] : field; init; }

    /// <summary>What was added to the controller's counters.</summary>
    public StringMap<long> Metrics { get; init => field = value ?? StringMap<long>.Empty; } = StringMap<long>.Empty;

    /// <summary>How long syncs took, <c>job_sync_duration_seconds</c> by labels; zero where calls take no time.</summary>
    public StringMap<MetricHistogram> Histograms { get; init => field = value ?? StringMap<MetricHistogram>.Empty; } = StringMap<MetricHistogram>.Empty;

    /// <summary>Writes the timeline.</summary>
    /// <returns>JSON text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, BatchJson.Timeline);
}
