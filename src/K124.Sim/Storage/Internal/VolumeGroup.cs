using System.Collections.Immutable;

namespace K124.Sim.Storage.Internal;

/// <summary>Free volumes of one class that are reached from the same nodes and offer the same modes.</summary>
internal sealed class VolumeGroup(Segment segment, ImmutableArray<string> accessModes, string volumeMode)
{
    public Segment Segment { get; } = segment;

    public FreeVolumes Free { get; } = new();

    /// <summary>Whether its volumes offer the modes that a claim asks for.</summary>
    public bool Offers(ClaimRequest request) =>
        string.Equals(volumeMode, request.VolumeMode, StringComparison.Ordinal) && AccessModes.Contain(accessModes, request.AccessModes);
}
