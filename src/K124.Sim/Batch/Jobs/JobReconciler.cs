using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Platform;

namespace K124.Sim.Batch.Jobs;

/// <summary>The Job controller against the API server: the decisions of <see cref="JobController"/>, with expectations kept between syncs.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/job.</remarks>
internal sealed class JobReconciler : IReconciler
{
    private static readonly ImmutableArray<ApiKind> Watched = [ApiKind.Of<Job>(), ApiKind.Of<Pod>()];

    private readonly ClusterProfile _profile;
    private readonly Dictionary<ObjectKey, Ledger> _ledgers = [];

    public JobReconciler(ClusterProfile? profile = null) => _profile = profile ?? ClusterProfile.Default;

    /// <summary>Changes of pods are gathered for a second where the ready pods are counted.</summary>
    private TimeSpan BatchDelay => _profile.IsEnabled(JobNames.ReadyPodsGate) ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;

    public string Name => "job-controller";

    public ImmutableArray<ApiKind> Watches => Watched;

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is Job job)
        {
            ObserveJob(change, job, queue);
        }
        else
        {
            ObservePod(change, (Pod)change.Object, cache, queue);
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Job>(key) is not { } job)
        {
            _ledgers.Remove(key);
            ReleaseOrphans(key, cache, api);
            return Reconciliation.Done;
        }

        var ledger = LedgerOf(key);
        var pods = PodsOf(job, cache);
        var record = new JobRecord(job, _profile.FeatureGates) { Expectations = ledger.Expectations };
        var selector = CompiledSelector.TryCompile(job.Spec.Selector, out _);
        foreach (var pod in pods)
        {
            var row = PodReader.Read(pod, job.Metadata.Uid, selector);
            record.Pods.Add(ledger.FinalizerRemovals.Contains(pod.Metadata.Uid) ? row with { Flags = row.Flags | PodFlags.InFlight } : row);
        }

        var uidOf = JobStatusReader.Read(job, pods, record);
        var outcome = new JobSyncer(_profile.Release).Sync(record, new ApiJobClient(record, pods, uidOf, api, queue, key, ledger.RecordedFailures), api.Now);
        ledger.Expectations = record.Expectations;
        NoteRemovals(ledger, record, pods);
        return Settle(key, ledger, outcome, queue);
    }

    public IReconciler Fork()
    {
        var fork = new JobReconciler(_profile);
        foreach (var (key, ledger) in _ledgers)
        {
            fork._ledgers.Add(key, ledger.Copy());
        }

        return fork;
    }

    private static void ObserveJob(in ObjectChange change, Job job, IWorkQueue queue)
    {
        var key = ObjectKey.Of(job);
        queue.Add(key);
        if (change is { Type: ChangeType.Modified, Old: Job old }
            && job is { Status.StartTime: { } start, Spec.ActiveDeadlineSeconds: { } deadline } && deadline != old.Spec.ActiveDeadlineSeconds)
        {
            queue.AddAfter(key, start.AddSeconds(deadline) - queue.Now);
        }
    }

    private void ObservePod(in ObjectChange change, Pod pod, IObjectReader cache, IWorkQueue queue)
    {
        var owner = JobOwning(pod, cache);
        var isDeleted = change.Type == ChangeType.Deleted || pod.Metadata.DeletionTimestamp is not null;
        if (change.Type == ChangeType.Modified && change.Old is Pod old && JobOwning(old, cache) is { } before && ObjectKey.Of(before) != (owner is null ? default : ObjectKey.Of(owner)))
        {
            queue.Add(ObjectKey.Of(before));
        }

        if (owner is null)
        {
            ObserveStray(pod, isDeleted, cache, queue);
            return;
        }

        var key = ObjectKey.Of(owner);
        var ledger = LedgerOf(key);
        if (isDeleted)
        {
            ledger.Expectations.DeletionObserved();
        }
        else if (change.Type == ChangeType.Added)
        {
            ledger.Expectations.CreationObserved();
        }

        if (change.Type == ChangeType.Deleted || !pod.Metadata.Finalizers.Contains(JobNames.TrackingFinalizer))
        {
            ledger.FinalizerRemovals.Remove(pod.Metadata.Uid);
        }

        var hadFailed = change.Old is Pod { Status.Phase: "Failed" };
        var immediate = isDeleted || change.Type == ChangeType.Added || pod.Status.Phase != "Failed" || (hadFailed && _profile.Release.BacksOffFailedPodRetries);
        queue.AddAfter(key, immediate ? BatchDelay : Backoff(ledger));
    }

    private TimeSpan Backoff(Ledger ledger)
    {
        var delay = JobBackoff.PodFailureDelay(ledger.RecordedFailures);
        return delay == TimeSpan.Zero && _profile.Release.BacksOffFailedPodRetries ? BatchDelay : delay;
    }

    /// <summary>A pod without a Job: some Job may want it; one that still has the finalizer of a Job that is gone is let go of.</summary>
    private static void ObserveStray(Pod pod, bool isDeleted, IObjectReader cache, IWorkQueue queue)
    {
        var controller = pod.Metadata.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true);
        if (controller is { Kind: "Job" } && pod.Metadata.Finalizers.Contains(JobNames.TrackingFinalizer))
        {
            queue.Add(new(pod.Metadata.Namespace, controller.Name));
        }
        else if (controller is null && !isDeleted)
        {
            foreach (var job in cache.List<Job>(ObjectIndex.Namespace, pod.Metadata.Namespace))
            {
                if (CompiledSelector.TryCompile(job.Spec.Selector, out _)?.Matches(pod.Metadata.Labels) == true)
                {
                    queue.Add(ObjectKey.Of(job));
                }
            }
        }
    }

    private static Job? JobOwning(Pod pod, IObjectReader cache)
    {
        foreach (var owner in pod.Metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner.Kind == "Job" && cache.Get<Job>(new(pod.Metadata.Namespace, owner.Name)) is { } job && job.Metadata.Uid == owner.Uid ? job : null;
            }
        }

        return null;
    }

    /// <summary>Pods of the Job and those without a controller that it might adopt, in the order of their names.</summary>
    private static List<Pod> PodsOf(Job job, IObjectReader cache) =>
    [
        .. cache.List<Pod>(ObjectIndex.Controller, job.Metadata.Uid),
        .. cache.List<Pod>(ObjectIndex.Orphan, job.Metadata.Namespace),
    ];

    private static void ReleaseOrphans(ObjectKey key, IObjectReader cache, IApiClient api)
    {
        foreach (var pod in cache.List<Pod>(ObjectIndex.Namespace, key.Namespace).ToArray())
        {
            if (pod.Metadata.Finalizers.Contains(JobNames.TrackingFinalizer) && pod.Metadata.OwnerReferences.Any(owner => owner is { Controller: true, Kind: "Job" } && owner.Name == key.Name))
            {
                api.Update(pod with { Metadata = pod.Metadata with { Finalizers = pod.Metadata.Finalizers.Remove(JobNames.TrackingFinalizer) } });
            }
        }
    }

    private static void NoteRemovals(Ledger ledger, JobRecord record, List<Pod> pods)
    {
        for (var pod = 0; pod < pods.Count; pod++)
        {
            if (record.Pods.Has(pod, PodFlags.InFlight))
            {
                ledger.FinalizerRemovals.Add(pods[pod].Metadata.Uid);
            }
        }
    }

    /// <summary>The queue of this controller has delays of its own: 10 s, doubled, at most 360 s; a conflict waits for the next change.</summary>
    private static Reconciliation Settle(ObjectKey key, Ledger ledger, SyncOutcome outcome, IWorkQueue queue)
    {
        if (outcome.Error is null)
        {
            ledger.RecordedFailures = outcome.Forget ? 0 : ledger.RecordedFailures;
        }
        else if (!outcome.IsConflict)
        {
            queue.AddAfter(key, JobBackoff.RetryDelay(ledger.RecordedFailures++));
        }

        return Reconciliation.Done;
    }

    private Ledger LedgerOf(ObjectKey key)
    {
        if (!_ledgers.TryGetValue(key, out var ledger))
        {
            _ledgers.Add(key, ledger = new());
        }

        return ledger;
    }

    /// <summary>What the controller remembers of one Job between syncs.</summary>
    private sealed class Ledger
    {
        // A field, not a property: the counters change in place.
#pragma warning disable CA1051
        public JobExpectations Expectations;
#pragma warning restore CA1051

        public HashSet<string> FinalizerRemovals { get; private init; } = new(StringComparer.Ordinal);

        public int RecordedFailures { get; set; }

        public Ledger Copy() => new()
        {
            Expectations = Expectations,
            FinalizerRemovals = new(FinalizerRemovals, StringComparer.Ordinal),
            RecordedFailures = RecordedFailures,
        };
    }
}
