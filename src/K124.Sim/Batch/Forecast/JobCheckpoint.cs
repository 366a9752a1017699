using System.Collections.Immutable;
using System.Text.Json.Serialization;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>The state of a Job and its pods just before an action, or at the end.</summary>
public sealed record JobCheckpoint
{
    /// <summary>When, from the start of the scenario.</summary>
    [JsonPropertyName("atUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeSpan At { get; init; }

    /// <summary>Whether the Job exists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool JobExists { get; init; }

    /// <summary>The Job's stored status; null once it is gone.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>The pods that exist, in the order of their creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ImmutableArray<JobCheckpointPod> Pods { get => field.IsDefault ? [] : field; init; }
}
