using System.Collections.Immutable;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model.Selectors;
using K124.Sim.Platform;

namespace K124.Sim.Batch.Jobs;

/// <summary>The Job controller: decides, as Kubernetes 1.24 does, what a Job needs next.</summary>
/// <remarks>A decision is a function of its request: nothing is kept between calls, so one controller may be used by many threads.
/// Kubernetes 1.24 pkg/controller/job, KEP-2214, KEP-2232, KEP-2307, KEP-2879.</remarks>
public sealed class JobController
{
    private readonly ClusterProfile _profile;

    /// <summary>Makes a controller.</summary>
    /// <param name="profile">Release and feature gates; null for the defaults.</param>
    public JobController(ClusterProfile? profile = null) => _profile = profile ?? ClusterProfile.Default;

    /// <summary>Runs one sync of a Job.</summary>
    /// <param name="request">The Job, the pods, the bookkeeping and the time.</param>
    /// <returns>What the sync does. O(pods).</returns>
    /// <remarks>Where Kubernetes leaves the order open, calls are made in the order of the pods, of equal ranks at a scale-down the lower
    /// index and then the earlier pod goes first, and of several errors the first is returned.</remarks>
    public JobSyncResult Sync(JobSyncRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sync(request, JobApiAnswers.Fine);
    }

    /// <summary>Runs one sync of a Job whose calls are answered in a given way.</summary>
    internal JobSyncResult Sync(JobSyncRequest request, JobApiAnswers answers)
    {
        var record = new JobRecord(request.Job, _profile.FeatureGates);
        var selector = CompiledSelector.TryCompile(request.Job.Spec.Selector, out _);
        var inFlight = request.ExpectedFinalizerRemovals.IsEmpty ? null : new HashSet<string>(request.ExpectedFinalizerRemovals, StringComparer.Ordinal);
        foreach (var pod in request.Pods)
        {
            var row = PodReader.Read(pod, request.Job.Metadata.Uid, selector);
            record.Pods.Add(inFlight?.Contains(pod.Metadata.Uid) == true ? row with { Flags = row.Flags | PodFlags.InFlight } : row);
        }

        var uids = JobStatusReader.Read(request.Job, request.Pods, record);
        if (request.ExpectedCreations != 0 || request.ExpectedDeletions != 0)
        {
            record.Expectations.Set(request.ExpectedCreations, request.ExpectedDeletions, request.Now);
        }

        var client = new RequestClient(request, answers, record, request.Pods, uids);
        var outcome = new JobSyncer(_profile.Release).Sync(record, client, request.Now);
        return new()
        {
            Creations = client.Creations.DrainToImmutable(),
            PodCalls = client.Calls.DrainToImmutable(),
            TrackingAnnotationRemoved = client.TrackingAnnotationRemoved,
            StatusWrites = client.StatusWrites.DrainToImmutable(),
            Events = client.Events.DrainToImmutable(),
            Forget = outcome.Forget,
            Error = outcome.Error?.Message,
            RateLimitedRequeue = outcome.Error is null || outcome.IsConflict ? null : JobBackoff.RetryDelay(request.PriorRequeues),
            RequeuesAfter = client.Requeues.DrainToImmutable(),
            ExpectedCreations = record.Expectations.Creations,
            ExpectedDeletions = record.Expectations.Deletions,
            ExpectedFinalizerRemovals = FinalizerRemovals(request, record),
            Metrics = record.Metrics.ToMap(),
        };
    }

    private static ImmutableArray<string> FinalizerRemovals(JobSyncRequest request, JobRecord record)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var removals = ImmutableArray.CreateBuilder<string>();
        for (var pod = 0; pod < record.Pods.Count; pod++)
        {
            var uid = request.Pods[pod].Metadata.Uid;
            if (known.Add(uid) && record.Pods.Has(pod, PodFlags.InFlight))
            {
                removals.Add(uid);
            }
        }

        removals.AddRange(request.ExpectedFinalizerRemovals.Where(known.Add));
        return removals.ToImmutable();
    }
}
