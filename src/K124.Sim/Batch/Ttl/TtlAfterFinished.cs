using K124.Sim.Batch.Jobs;
using K124.Sim.Model;

namespace K124.Sim.Batch.Ttl;

/// <summary>The TTL-after-finished controller: deletes Jobs some time after they have finished.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/ttlafterfinished, KEP-592.</remarks>
public static class TtlAfterFinished
{
    /// <summary>Whether an add or update event queues the Job.</summary>
    /// <param name="job">The Job of the event.</param>
    /// <returns>True if it has a TTL, has finished and is not being deleted.</returns>
    public static bool Enqueues(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Metadata.DeletionTimestamp is null && NeedsCleanup(job);
    }

    /// <summary>Works on a queued Job.</summary>
    /// <param name="cached">The Job in the controller's cache; null if it is gone.</param>
    /// <param name="live">The Job as a fresh read returns it; null if it is gone.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is done.</returns>
    public static TtlDecision Decide(Job? cached, Job? live, DateTimeOffset now)
    {
        if (cached is null)
        {
            return Nothing;
        }

        var first = Look(cached, now, out var expired);
        if (!expired || live is null)
        {
            return first;
        }

        var second = Look(live, now, out expired);
        return second with { Deletes = expired, RequeueAfter = [.. first.RequeueAfter, .. second.RequeueAfter] };
    }

    private static TtlDecision Nothing => new(Deletes: false, [], null, null);

    private static TtlDecision Look(Job job, DateTimeOffset now, out bool expired)
    {
        expired = false;
        if (!Enqueues(job))
        {
            return Nothing;
        }

        if (FinishedAt(job) is not { } finishedAt)
        {
            return Nothing with { Error = $"unable to find the time when the Job {job.Metadata.Namespace}/{job.Metadata.Name} finished" };
        }

        var remaining = finishedAt.AddSeconds(job.Spec.TtlSecondsAfterFinished ?? 0) - now;
        expired = remaining <= TimeSpan.Zero;
        return expired ? Nothing with { ExpiredFor = -remaining } : Nothing with { RequeueAfter = [remaining] };
    }

    private static bool NeedsCleanup(Job job) => job.Spec.TtlSecondsAfterFinished is not null && FinishedCondition(job) is not null;

    private static DateTimeOffset? FinishedAt(Job job) => FinishedCondition(job)?.LastTransitionTime;

    private static Condition? FinishedCondition(Job job) =>
        job.Status.Conditions.FirstOrDefault(condition => condition.Type is JobNames.Complete or JobNames.Failed && condition.Status == "True");
}
