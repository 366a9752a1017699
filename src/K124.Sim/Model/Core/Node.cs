using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A machine that pods run on.</summary>
public sealed record Node : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Node</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Node";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public NodeSpec Spec { get; init => field = value ?? NodeSpec.Default; } = NodeSpec.Default;

    /// <summary>Observed state.</summary>
    public NodeStatus Status { get; init => field = value ?? NodeStatus.Default; } = NodeStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
