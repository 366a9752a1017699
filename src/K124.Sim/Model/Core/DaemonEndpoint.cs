using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Port of a daemon.</summary>
public sealed record DaemonEndpoint
{
    /// <summary>Port number.</summary>
    [JsonPropertyName("Port")]
    public int Port { get; init; }
}
