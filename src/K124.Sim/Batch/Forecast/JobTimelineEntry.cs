using System.Collections.Immutable;
using System.Text.Json.Serialization;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>Something that happened in the life of a Job.</summary>
public sealed record JobTimelineEntry
{
    /// <summary>When, from the start of the scenario.</summary>
    [JsonPropertyName("atUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeSpan At { get; init; }

    /// <summary><c>pods-created</c>, <c>pods-deleted</c> (asked for by the controller), <c>pods-removed</c> (object gone),
    /// <c>finalizers-removed</c>, <c>pods-patched</c> (a patch that changed nothing), <c>pods-adopted</c>, <c>pods-released</c>, <c>status</c>,
    /// <c>event</c>, <c>job-patched</c> or <c>job-removed</c>.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Identities of the pods concerned.</summary>
    public ImmutableArray<string> Pods { get => field.IsDefault ? [] : field; init; }

    /// <summary>The status as stored from then on.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>The event.</summary>
    public JobEvent? Event { get; init; }
}
