using System.Text.Json.Serialization;
using K124.Sim.Model.Json;

namespace K124.Sim.Model;

/// <summary>Who holds a <see cref="Lease"/>, and since when.</summary>
public sealed record LeaseSpec
{
    internal static readonly LeaseSpec Default = new();

    /// <summary>When the holder got the lease.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>Who holds the lease.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>Seconds others wait after the last renewal.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>Times the lease changed hands.</summary>
    public int? LeaseTransitions { get; init; }

    /// <summary>When the holder last renewed the lease.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init; }
}
