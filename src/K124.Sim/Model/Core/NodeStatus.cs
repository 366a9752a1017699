using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="Node"/>.</summary>
public sealed record NodeStatus
{
    internal static readonly NodeStatus Default = new();

    private readonly Items<Condition> _conditions;
    private readonly Items<ContainerImage> _images;
    private readonly Items<NodeAddress> _addresses;
    private readonly Items<string> _volumesInUse;
    private readonly Items<AttachedVolume> _volumesAttached;

    /// <summary>Total resources of the machine; the scheduler never reads it.</summary>
    public StringMap<Quantity> Capacity { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Resources available to pods.</summary>
    public StringMap<Quantity> Allocatable { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Conditions such as <c>Ready</c> and <c>MemoryPressure</c>.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>Images present on the node.</summary>
    public ImmutableArray<ContainerImage> Images { get => _images.Array; init => _images = new(value); }

    /// <summary>Addresses of the node.</summary>
    public ImmutableArray<NodeAddress> Addresses { get => _addresses.Array; init => _addresses = new(value); }

    /// <summary>Versions reported by the kubelet.</summary>
    public NodeSystemInfo? NodeInfo { get; init; }

    /// <summary>Unique names of volumes in use.</summary>
    public ImmutableArray<string> VolumesInUse { get => _volumesInUse.Array; init => _volumesInUse = new(value); }

    /// <summary>Volumes attached to the node.</summary>
    public ImmutableArray<AttachedVolume> VolumesAttached { get => _volumesAttached.Array; init => _volumesAttached = new(value); }

    /// <summary>State of the kubelet's configuration (removed in 1.24).</summary>
    public NodeConfigStatus? Config { get; init; }

    /// <summary>Ports of the kubelet.</summary>
    public NodeDaemonEndpoints? DaemonEndpoints { get; init; }

    /// <summary>Unused since long.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";
}
