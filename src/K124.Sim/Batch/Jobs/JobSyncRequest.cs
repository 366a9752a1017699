using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>Everything that one sync of a Job reads.</summary>
public sealed record JobSyncRequest
{
    /// <summary>The Job in the controller's cache, with defaults applied.</summary>
    public required Job Job { get; init; }

    /// <summary>The pods of the Job's namespace, in cache order.</summary>
    public ImmutableArray<Pod> Pods { get => field.IsDefault ? [] : field; init; }

    /// <summary>The time of the sync; it takes no time itself.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The Job as a fresh read returns it before pods are adopted; null if it is gone.</summary>
    /// <value><see cref="Job"/> unless set.</value>
    public Job? LiveJob { get => _hasLiveJob ? field : Job; init => (field, _hasLiveJob) = (value, true); }

    private readonly bool _hasLiveJob;

    /// <summary>Pod creations asked for and not yet seen.</summary>
    public int ExpectedCreations { get; init; }

    /// <summary>Pod deletions asked for and not yet seen.</summary>
    public int ExpectedDeletions { get; init; }

    /// <summary>UIDs of pods whose finalizer removal was asked for and not yet seen.</summary>
    public ImmutableArray<string> ExpectedFinalizerRemovals { get => field.IsDefault ? [] : field; init; }

    /// <summary>Failures that the queue's rate limiter has recorded for the Job, from 0.</summary>
    public int PriorRequeues { get; init; }
}
