using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Confidential data.</summary>
public sealed record Secret : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Secret</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Secret";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>The content.</summary>
    public StringMap<string> Data { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Whether it can no longer be changed.</summary>
    public bool? Immutable { get; init; }

    /// <summary>Entries given as text; the server moves them to <see cref="Data"/>.</summary>
    public StringMap<string> StringData { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
