using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Expansion;

/// <summary>What one sync of a <see cref="VolumeExpandController"/> does.</summary>
public sealed record VolumeExpansionResult
{
    /// <summary>The claim afterwards.</summary>
    public required PersistentVolumeClaim Claim { get; init; }

    /// <summary>The volume afterwards; null if there is none.</summary>
    public required PersistentVolume? Volume { get; init; }

    /// <summary>Events, in their order.</summary>
    public required ImmutableArray<VolumeEvent> Events { get; init; }

    /// <summary>Whether the device was asked to grow.</summary>
    public required bool ExpandCalled { get; init; }

    /// <summary>The error after which the sync is retried; null for none.</summary>
    public required string? Error { get; init; }
}
