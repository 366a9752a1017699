using System.Text.Json.Serialization;
using K124.Sim.Model.Json;

namespace K124.Sim.Model;

/// <summary>A report on what happened to an object.</summary>
public sealed record Event : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Event</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Event";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>What was done.</summary>
    public string Action { get; init => field = value ?? ""; } = "";

    /// <summary>How often it happened.</summary>
    public int Count { get; init; }

    /// <summary>When it was first observed, to the microsecond.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>When it first happened.</summary>
    public DateTimeOffset? FirstTimestamp { get; init; }

    /// <summary>Object it is about.</summary>
    public ObjectReference InvolvedObject { get; init => field = value ?? ObjectReference.Default; } = ObjectReference.Default;

    /// <summary>When it last happened.</summary>
    public DateTimeOffset? LastTimestamp { get; init; }

    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>One-word cause.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>A further object it is about.</summary>
    public ObjectReference? Related { get; init; }

    /// <summary>Component that reports.</summary>
    public string ReportingComponent { get; init => field = value ?? ""; } = "";

    /// <summary>Instance of the component.</summary>
    public string ReportingInstance { get; init => field = value ?? ""; } = "";

    /// <summary>Repetitions.</summary>
    public EventSeries? Series { get; init; }

    /// <summary>What it is about.</summary>
    public EventSource Source { get; init => field = value ?? EventSource.Default; } = EventSource.Default;

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
