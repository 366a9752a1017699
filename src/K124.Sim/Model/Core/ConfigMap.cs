using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Settings as text.</summary>
public sealed record ConfigMap : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>ConfigMap</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "ConfigMap";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Entries that are not text, in base64.</summary>
    public StringMap<string> BinaryData { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>The content.</summary>
    public StringMap<string> Data { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Whether it can no longer be changed.</summary>
    public bool? Immutable { get; init; }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
