using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One driver of a <see cref="CSINode"/>.</summary>
public sealed record CSINodeDriver
{
    private readonly Items<string> _topologyKeys;

    /// <summary>Name of the driver.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the node for the driver.</summary>
    public string NodeID { get; init => field = value ?? ""; } = "";

    /// <summary>Topology keys that the driver supports.</summary>
    public ImmutableArray<string> TopologyKeys { get => _topologyKeys.Array; init => _topologyKeys = new(value); }

    /// <summary>Volumes the driver can handle on the node.</summary>
    public VolumeNodeResources? Allocatable { get; init; }
}
