using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Where an endpoint should be used.</summary>
public sealed record EndpointHints
{
    private readonly Items<ForZone> _forZones;

    /// <summary>Zones it should serve.</summary>
    public ImmutableArray<ForZone> ForZones { get => _forZones.Array; init => _forZones = new(value); }
}
