using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>What a claim of a pod comes to on a node, and why.</summary>
/// <param name="Claim">Namespace and name of the claim.</param>
/// <param name="Verdict">What it comes to.</param>
public sealed record ClaimExplanation(ObjectKey Claim, ClaimVerdict Verdict)
{
    /// <summary>The volume that it met or is bound to; null if none.</summary>
    public string? VolumeName { get; init; }

    /// <summary>The capacity object that it met: the smallest that suffices; null if none was asked.</summary>
    public ObjectKey? Capacity { get; init; }

    /// <summary>The volume that came closest, and what it lacks; null unless none suits and there is one.</summary>
    public ClosestStorage? ClosestVolume { get; init; }

    /// <summary>The capacity object that came closest, and what it lacks; null unless none is large enough and there is one.</summary>
    public ClosestStorage? ClosestCapacity { get; init; }
}

/// <summary>A volume or capacity object that does not suit a claim, though none came closer.</summary>
/// <param name="Name">Name of the volume, or namespace and name of the capacity object.</param>
/// <param name="Bytes">Its size, or the largest volume it allows, in bytes.</param>
/// <param name="Lack">What it lacks, for example <c>5368709120 bytes too small</c>.</param>
public sealed record ClosestStorage(string Name, long Bytes, string Lack);

/// <summary>What the claims of a pod come to on one node.</summary>
/// <param name="NodeName">Name of the node.</param>
/// <param name="Claims">One entry a claim, bound ones first, each kind in the order of the pod's volumes.</param>
public sealed record NodeVolumeExplanation(string NodeName, System.Collections.Immutable.ImmutableArray<ClaimExplanation> Claims)
{
    /// <inheritdoc/>
    public bool Equals(NodeVolumeExplanation? other) => other is not null && NodeName == other.NodeName && Claims.SequenceEqual(other.Claims);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NodeName, Claims.Length);
}
