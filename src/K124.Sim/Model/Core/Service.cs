using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A stable address for a set of pods.</summary>
public sealed record Service : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Service</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Service";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public ServiceSpec Spec { get; init => field = value ?? ServiceSpec.Default; } = ServiceSpec.Default;

    /// <summary>Observed state.</summary>
    public ServiceStatus Status { get; init => field = value ?? ServiceStatus.Default; } = ServiceStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
