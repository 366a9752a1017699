using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Names a container runtime and what it costs.</summary>
public sealed record RuntimeClass : IApiObject
{
    /// <summary>API version that the object was read in; <c>node.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "node.k8s.io/v1"; } = "node.k8s.io/v1";

    /// <summary>Always <c>RuntimeClass</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "RuntimeClass";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Name of the runtime's handler on the node.</summary>
    public string Handler { get; init => field = value ?? ""; } = "";

    /// <summary>Resources of the sandbox itself.</summary>
    public Overhead? Overhead { get; init; }

    /// <summary>Nodes that support the class.</summary>
    public RuntimeClassScheduling? Scheduling { get; init; }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
