using System.Collections.Immutable;

namespace K124.Sim.Batch.Jobs;

/// <summary>Failures of the API server that a sync meets.</summary>
public sealed record JobApiFaults
{
    internal const string CreateMessage = "create fault";
    internal const string DeleteMessage = "delete fault";
    internal const string PatchMessage = "patch fault";
    internal const string StatusUpdateMessage = "status update fault";

    /// <summary>No failures.</summary>
    public static JobApiFaults None { get; } = new();

    /// <summary>How many pod creations succeed before every further one fails.</summary>
    /// <value>No limit by default.</value>
    public int CreateSucceedsFirst { get; init; } = int.MaxValue;

    /// <summary>Completion indexes whose pods cannot be created.</summary>
    public ImmutableArray<int> CreateFailIndexes { get => field.IsDefault ? [] : field; init; }

    /// <summary>True if every creation is refused since the namespace is being deleted.</summary>
    public bool CreateNamespaceTerminating { get; init; }

    /// <summary>Names of pods whose deletion fails.</summary>
    public ImmutableArray<string> DeleteFailPods { get => field.IsDefault ? [] : field; init; }

    /// <summary>Names of pods that are gone when their deletion is asked for.</summary>
    public ImmutableArray<string> DeleteNotFoundPods { get => field.IsDefault ? [] : field; init; }

    /// <summary>Names of pods that cannot be patched.</summary>
    public ImmutableArray<string> PatchFailPods { get => field.IsDefault ? [] : field; init; }

    /// <summary>Names of pods that are gone when they are patched.</summary>
    public ImmutableArray<string> PatchNotFoundPods { get => field.IsDefault ? [] : field; init; }

    /// <summary>True if the Job itself cannot be patched.</summary>
    public bool JobPatchFails { get; init; }

    /// <summary>Which status writes of the sync fail, counted from 1.</summary>
    public ImmutableArray<int> StatusUpdateFailCalls { get => field.IsDefault ? [] : field; init; }

    /// <summary>Which status writes of the sync conflict with a newer object, counted from 1.</summary>
    public ImmutableArray<int> StatusUpdateConflictCalls { get => field.IsDefault ? [] : field; init; }
}
