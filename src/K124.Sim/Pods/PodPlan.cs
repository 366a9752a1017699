using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace K124.Sim.Pods;

/// <summary>What becomes of one pod: when it is scheduled, starts, is ready, restarts and ends.</summary>
/// <remarks>A negative time never comes. In JSON the members are <c>scheduleUs</c> and so on, in microseconds.</remarks>
public sealed record PodPlan
{
    /// <summary>From its creation until it is bound to a node.</summary>
    [JsonPropertyName("scheduleUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan ScheduleAfter { get; init; }

    /// <summary>From the binding until it runs.</summary>
    [JsonPropertyName("startUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan StartAfter { get; init; }

    /// <summary>From its start until it is ready.</summary>
    [JsonPropertyName("readyUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan ReadyAfter { get; init; }

    /// <summary>From its start until each restart of its container.</summary>
    [JsonPropertyName("restartsUs")]
    [JsonConverter(typeof(MicrosecondsListConverter))]
    public ImmutableArray<TimeSpan> RestartsAfter { get => field.IsDefault ? [] : field; init; }

    /// <summary>From its start until it ends.</summary>
    [JsonPropertyName("finishUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan FinishAfter { get; init; }

    /// <summary>Phase in which it ends, <c>Succeeded</c> or <c>Failed</c>; empty if it never does.</summary>
    public string Outcome { get; init => field = value ?? ""; } = "";

    /// <summary>From a graceful deletion until it has stopped.</summary>
    [JsonPropertyName("terminateUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan TerminateAfter { get; init; }

    /// <summary>Phase that its node reports when it has stopped, before the object goes; empty for none.</summary>
    public string TerminatePhase { get; init => field = value ?? ""; } = "";
}
