using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model;

namespace K124.Sim.Batch.Forecast.World;

// Watches and the event handlers of the controller. Kubernetes 1.24 pkg/controller/job (addPod, updatePod, deletePod, updateJob, deleteJob).
internal sealed partial class JobWorld
{
    private readonly DelayedWatch<Delivery> _podWatch;
    private readonly DelayedWatch<Delivery> _jobWatch;
    private bool _cachedExists;
    private long _cachedVersion;

    private void NotifyPod(int pod, PodNotice notice)
    {
        if (_podWatch.IsInstant)
        {
            DeliverPod(pod, notice, RowOf(pod));
        }
        else
        {
            var dueTicks = _podWatch.Add(_clock.UtcTicks, new(notice, JobNotice.None, pod, RowOf(pod), null, null, 0));
            Push(dueTicks, External, new(WorldEventKind.PodDelivery));
        }
    }

    private void NotifyJob(JobNotice notice)
    {
        if (_jobWatch.IsInstant)
        {
            Deliver(new(PodNotice.None, notice, 0, default, _job, _status, _version));
            return;
        }

        var status = new JobStatusColumns();
        status.CopyFrom(_status);
        var dueTicks = _jobWatch.Add(_clock.UtcTicks, new(PodNotice.None, notice, 0, default, _job, status, _version));
        Push(dueTicks, External, new(WorldEventKind.JobDelivery));
    }

    private void Deliver(in Delivery delivery)
    {
        if (delivery.JobNotice != JobNotice.None)
        {
            DeliverJob(delivery);
        }
        else
        {
            DeliverPod(delivery.Pod, delivery.PodNotice, delivery.Row);
        }
    }

    private void DeliverPod(int pod, PodNotice notice, in PodRow row)
    {
        var pods = _cached.Pods;
        var wasOwned = pods.Has(pod, PodFlags.Owned);
        var hadFailed = notice != PodNotice.Added && pods.Phase(pod) == PodPhase.Failed;
        pods.Set(pod, row);
        var owned = pods.Has(pod, PodFlags.Owned);
        if (notice == PodNotice.Removed || pods.Has(pod, PodFlags.Deleting))
        {
            PodIsDeleted(pod, owned, gone: notice == PodNotice.Removed);
            return;
        }

        var added = notice == PodNotice.Added;
        var immediate = added || pods.Phase(pod) != PodPhase.Failed || (hadFailed && _release.BacksOffFailedPodRetries);
        if (owned || wasOwned)
        {
            if (_cachedExists)
            {
                if (added)
                {
                    _cached.Expectations.CreationObserved();
                }
                else if (!pods.Has(pod, PodFlags.Finalizer))
                {
                    ForgetRemoval(pod);
                }

                EnqueueForPod(immediate);
            }
        }

        if (!owned)
        {
            EnqueueOrphan(pod);
            if (_cachedExists && (added || wasOwned) && pods.Has(pod, PodFlags.Matching))
            {
                EnqueueForPod(immediate);
            }
        }
    }

    private void PodIsDeleted(int pod, bool owned, bool gone)
    {
        if (!owned || !_cachedExists)
        {
            EnqueueOrphan(pod);
            return;
        }

        _cached.Expectations.DeletionObserved();
        if (gone || !_cached.Pods.Has(pod, PodFlags.Finalizer))
        {
            ForgetRemoval(pod);
        }

        EnqueueForPod(immediate: true);
    }

    private void ForgetRemoval(int pod) => _cached.Pods.SetInFlight(pod, inFlight: false);

    private void EnqueueOrphan(int pod)
    {
        if (_cached.Pods.Has(pod, PodFlags.Finalizer))
        {
            Push(_clock.UtcTicks, Controller, new(WorldEventKind.OrphanWork, pod));
        }
    }

    private void DeliverJob(in Delivery delivery)
    {
        var oldDeadline = _cached.Settings.ActiveDeadline;
        if (delivery.JobNotice == JobNotice.Removed)
        {
            _cachedExists = false;
            AddToQueue();
            for (var pod = 0; pod < PodCount; pod++)
            {
                if (_cached.Pods.Has(pod, PodFlags.Owned) && !_cached.Pods.Has(pod, PodFlags.Gone))
                {
                    EnqueueOrphan(pod);
                }
            }

            return;
        }

        _cachedExists = true;
        _cachedVersion = delivery.Version;
        _cached.Show(delivery.Job!);
        _cached.Status.CopyFrom(delivery.Status!);
        AddToQueue();
        if (delivery.JobNotice == JobNotice.Updated
            && _cached.Status.StartTime is { } startTime
            && _cached.Settings.ActiveDeadline is { } deadline && deadline != oldDeadline)
        {
            RequeueAfter(deadline - (Now - startTime));
        }
    }

    private readonly record struct Delivery(PodNotice PodNotice, JobNotice JobNotice, int Pod, PodRow Row, Job? Job, JobStatusColumns? Status, long Version);
}

internal enum PodNotice : byte
{
    None,
    Added,
    Updated,
    Removed,
}

internal enum JobNotice : byte
{
    None,
    Added,
    Updated,
    Removed,
}
