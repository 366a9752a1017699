using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Addresses behind a Service.</summary>
public sealed record Endpoints : IApiObject
{
    private readonly Items<EndpointSubset> _subsets;

    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Endpoints</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Endpoints";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Addresses by ports.</summary>
    public ImmutableArray<EndpointSubset> Subsets { get => _subsets.Array; init => _subsets = new(value); }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
