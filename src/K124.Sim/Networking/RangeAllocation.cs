using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>The stored form of an allocator: its range and its bitmap.</summary>
/// <remarks>Kubernetes 1.24 keeps it in etcd at <c>/ranges/serviceips</c>, <c>/ranges/secondaryserviceips</c> and <c>/ranges/servicenodeports</c>.</remarks>
public sealed record RangeAllocation
{
    private readonly Items<byte> _data;

    /// <summary>The range, for example <c>10.96.0.0/12</c> or <c>30000-32767</c>.</summary>
    public string Range { get; init => field = value ?? ""; } = "";

    /// <summary>The bitmap as one big-endian number of minimal length: its lowest bit is the first usable address or port.</summary>
    public ImmutableArray<byte> Data { get => _data.Array; init => _data = new(value); }

    /// <summary>Version of the stored object; empty for one that is not stored.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";
}
