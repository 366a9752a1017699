using System.Collections.Immutable;
using K124.Sim.Collections;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Storage.Volumes;

/// <summary>Free volumes of one class that are reached from the same nodes and offer the same modes.</summary>
internal sealed class VolumeGroup
{
    private readonly ImmutableArray<string> _accessModes;
    private readonly string _volumeMode;
    private readonly object _owner;

    public VolumeGroup(Segment segment, ImmutableArray<string> accessModes, string volumeMode, Ownership ownership)
    {
        (Segment, _accessModes, _volumeMode, _owner) = (segment, accessModes, volumeMode, ownership.Token);
        Free = new(ownership);
    }

    private VolumeGroup(VolumeGroup other, Ownership ownership)
    {
        (Segment, _accessModes, _volumeMode, _owner) = (other.Segment, other._accessModes, other._volumeMode, ownership.Token);
        Free = other.Free.Fork(ownership);
    }

    public Segment Segment { get; }

    public FreeVolumes Free { get; }

    /// <summary>The group to write to: this one, or a copy if this one is shared.</summary>
    public VolumeGroup Own(Ownership ownership) => ReferenceEquals(_owner, ownership.Token) ? this : new(this, ownership);

    /// <summary>Whether its volumes offer the modes that a claim asks for.</summary>
    public bool Offers(ClaimRequest request) =>
        string.Equals(_volumeMode, request.VolumeMode, StringComparison.Ordinal) && AccessModes.Contain(_accessModes, request.AccessModes);
}
