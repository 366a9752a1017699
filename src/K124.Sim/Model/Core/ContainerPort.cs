using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A port of a container.</summary>
public sealed record ContainerPort
{
    /// <summary>Name of the port.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Port in the pod, 1 to 65535.</summary>
    [JsonPropertyName("containerPort")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Port { get; init; }

    /// <summary>Port on the node; 0 for none.</summary>
    public int HostPort { get; init; }

    /// <summary>Node address to bind; empty counts as <c>0.0.0.0</c>.</summary>
    public string HostIP { get; init => field = value ?? ""; } = "";

    /// <summary><c>TCP</c> (also when empty), <c>UDP</c> or <c>SCTP</c>.</summary>
    public string Protocol { get; init => field = value ?? ""; } = "";
}
