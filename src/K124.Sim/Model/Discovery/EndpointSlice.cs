using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Some of the endpoints of a Service.</summary>
public sealed record EndpointSlice : IApiObject
{
    private readonly Items<Endpoint> _endpoints;
    private readonly Items<EndpointSlicePort> _ports;

    /// <summary>API version that the object was read in; <c>discovery.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "discovery.k8s.io/v1"; } = "discovery.k8s.io/v1";

    /// <summary>Always <c>EndpointSlice</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "EndpointSlice";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</summary>
    public string AddressType { get; init => field = value ?? ""; } = "";

    /// <summary>The endpoints.</summary>
    public ImmutableArray<Endpoint> Endpoints { get => _endpoints.Array; init => _endpoints = new(value); }

    /// <summary>Ports.</summary>
    public ImmutableArray<EndpointSlicePort> Ports { get => _ports.Array; init => _ports = new(value); }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
