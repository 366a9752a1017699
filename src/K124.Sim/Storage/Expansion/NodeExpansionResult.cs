using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Expansion;

/// <summary>What a node does about a volume that may have grown.</summary>
public sealed record NodeExpansionResult
{
    /// <summary>The claim afterwards.</summary>
    public required PersistentVolumeClaim Claim { get; init; }

    /// <summary>Events, in their order.</summary>
    public required ImmutableArray<VolumeEvent> Events { get; init; }

    /// <summary>Whether nothing is left to do. A mount goes on either way, unless there is an error.</summary>
    public required bool Done { get; init; }

    /// <summary>Why the operation failed and is retried; null if it did not.</summary>
    public required string? Error { get; init; }

    /// <summary>Whether the plugin was asked to expand the file system.</summary>
    public required bool NodeExpandCalled { get; init; }

    /// <summary>Whether the volume is marked from now on as one that cannot grow while it is mounted here.</summary>
    public required bool InUseMarked { get; init; }

    /// <summary>What an expansion while mounted reports: the error, or that it came to nothing for no reason.</summary>
    public string? OnlineError => Error ?? (Done ? null : "volume resizing failed for unknown reason");
}
