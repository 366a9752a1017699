using System.Text.Json.Serialization;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>A step of a user or another controller in the life of a Job.</summary>
/// <remarks>A step about an object that does not exist does nothing.</remarks>
public sealed record JobAction
{
    /// <summary>When it happens, from the start of the scenario.</summary>
    [JsonPropertyName("atUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan At { get; init; }

    /// <summary>What is done.</summary>
    [JsonPropertyName("op")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JobOperation Operation { get; init; }

    /// <summary>For <see cref="JobOperation.SetSuspend"/>: true to suspend.</summary>
    [JsonPropertyName("bool")]
    public bool Suspend { get; init; }

    /// <summary>For the operations that set a number: the number; null clears the deadline.</summary>
    [JsonPropertyName("int")]
    public long? Number { get; init; }

    /// <summary>The pod by its identity (<c>p.3</c>, <c>i7.1</c>), the pod and its phase (<c>p.3=Failed</c>), or the propagation
    /// of a deletion: <c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</summary>
    [JsonPropertyName("str")]
    public string Target { get; init => field = value ?? ""; } = "";
}
