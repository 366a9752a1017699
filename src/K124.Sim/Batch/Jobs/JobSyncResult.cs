using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>Everything that one sync of a Job does.</summary>
public sealed record JobSyncResult
{
    /// <summary>Pod creations in the order of the calls, failed ones included.</summary>
    public required ImmutableArray<JobPodCreation> Creations { get; init; }

    /// <summary>Calls about existing pods in their order, failed ones included.</summary>
    public required ImmutableArray<JobPodCall> PodCalls { get; init; }

    /// <summary>True if the tracking annotation was patched away from the Job.</summary>
    public required bool TrackingAnnotationRemoved { get; init; }

    /// <summary>Successful writes of the Job's status in their order; the last one stands.</summary>
    public required ImmutableArray<JobStatus> StatusWrites { get; init; }

    /// <summary>Events on the Job. That of a created pod, <c>SuccessfulCreate</c>, is left out: the server names the pod.</summary>
    public required ImmutableArray<JobEvent> Events { get; init; }

    /// <summary>Whether the sync asks the queue to forget the Job's recorded failures; it does so only without an error.</summary>
    public required bool Forget { get; init; }

    /// <summary>The error that the sync ends with; null for none.</summary>
    public required string? Error { get; init; }

    /// <summary>Delay of the retry after an error; null without one, and after a conflict, which waits for the next event.</summary>
    public required TimeSpan? RateLimitedRequeue { get; init; }

    /// <summary>Delays after which the sync asks to be run again.</summary>
    public required ImmutableArray<TimeSpan> RequeuesAfter { get; init; }

    /// <summary>Pod creations that are expected after the sync.</summary>
    public required int ExpectedCreations { get; init; }

    /// <summary>Pod deletions that are expected after the sync.</summary>
    public required int ExpectedDeletions { get; init; }

    /// <summary>UIDs of pods whose finalizer removal is expected after the sync, in the order of the pods.</summary>
    public required ImmutableArray<string> ExpectedFinalizerRemovals { get; init; }

    /// <summary>What the sync adds to the controller's counters, by name and labels: <c>job_sync_total{Indexed,success,tracking}</c>.</summary>
    public required StringMap<long> Metrics { get; init; }

    /// <summary>Whether the recorded failures are forgotten.</summary>
    public bool QueueForget => Forget && Error is null;
}
