using System.Collections.Immutable;

namespace K124.Sim.Storage.Volumes;

/// <summary>Everything that one sync of a <see cref="PersistentVolumeController"/> does.</summary>
public sealed record VolumeSyncResult
{
    /// <summary>Successful writes, in their order.</summary>
    public required ImmutableArray<VolumeChange> Changes { get; init; }

    /// <summary>Events, in their order.</summary>
    public required ImmutableArray<VolumeEvent> Events { get; init; }

    /// <summary>What is to be synced soon.</summary>
    public required ImmutableArray<VolumeSyncKey> Requeued { get; init; }

    /// <summary>The error that the sync ends with, and after which it is retried; null for none.</summary>
    public required string? Error { get; init; }
}
