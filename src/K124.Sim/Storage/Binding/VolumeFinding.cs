using System.Collections.Immutable;

namespace K124.Sim.Storage.Binding;

/// <summary>What the claims of a pod come to on one node.</summary>
/// <param name="Volumes">Volumes chosen, and claims to provision if all of them can be; volumes chosen are there even if the node does not fit.</param>
/// <param name="Reasons">Why the node does not fit, in 1.24's words and order; empty if it does.</param>
/// <param name="Error">Why nothing can be decided; null if that is not so.</param>
public sealed record VolumeFinding(PodVolumes Volumes, ImmutableArray<string> Reasons, string? Error)
{
    /// <summary>Whether the node fits as far as storage goes.</summary>
    public bool Fits => Reasons.IsEmpty && Error is null;

    /// <inheritdoc/>
    public bool Equals(VolumeFinding? other) =>
        other is not null && Volumes == other.Volumes && Error == other.Error && Reasons.SequenceEqual(other.Reasons, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Volumes, Error, Reasons.Length);
}
