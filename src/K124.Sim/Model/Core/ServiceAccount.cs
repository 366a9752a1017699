using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>An identity for pods.</summary>
public sealed record ServiceAccount : IApiObject
{
    private readonly Items<LocalObjectReference> _imagePullSecrets;
    private readonly Items<ObjectReference> _secrets;

    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>ServiceAccount</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "ServiceAccount";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Whether the account's token is mounted; null leaves it to the account.</summary>
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>Secrets with registry credentials.</summary>
    public ImmutableArray<LocalObjectReference> ImagePullSecrets { get => _imagePullSecrets.Array; init => _imagePullSecrets = new(value); }

    /// <summary>Secrets of the account.</summary>
    public ImmutableArray<ObjectReference> Secrets { get => _secrets.Array; init => _secrets = new(value); }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
