using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Keeps one pod on every suitable node.</summary>
public sealed record DaemonSet : IApiObject
{
    /// <summary>API version that the object was read in; <c>apps/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "apps/v1"; } = "apps/v1";

    /// <summary>Always <c>DaemonSet</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "DaemonSet";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public DaemonSetSpec Spec { get; init => field = value ?? DaemonSetSpec.Default; } = DaemonSetSpec.Default;

    /// <summary>Observed state.</summary>
    public DaemonSetStatus Status { get; init => field = value ?? DaemonSetStatus.Default; } = DaemonSetStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
