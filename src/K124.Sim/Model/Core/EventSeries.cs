using System.Text.Json.Serialization;
using K124.Sim.Model.Json;

namespace K124.Sim.Model;

/// <summary>Repetitions of an <see cref="Event"/>.</summary>
public sealed record EventSeries
{
    /// <summary>How often it happened.</summary>
    public int Count { get; init; }

    /// <summary>When it was last observed.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? LastObservedTime { get; init; }
}
