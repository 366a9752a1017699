using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Addresses that share ports.</summary>
public sealed record EndpointSubset
{
    private readonly Items<EndpointAddress> _addresses;
    private readonly Items<EndpointAddress> _notReadyAddresses;
    private readonly Items<EndpointPort> _ports;

    /// <summary>Addresses.</summary>
    public ImmutableArray<EndpointAddress> Addresses { get => _addresses.Array; init => _addresses = new(value); }

    /// <summary>Addresses that are not ready.</summary>
    public ImmutableArray<EndpointAddress> NotReadyAddresses { get => _notReadyAddresses.Array; init => _notReadyAddresses = new(value); }

    /// <summary>Ports.</summary>
    public ImmutableArray<EndpointPort> Ports { get => _ports.Array; init => _ports = new(value); }
}
