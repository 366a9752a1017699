using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Jobs.Syncing;

namespace K124.Sim.Batch.Forecast.World;

// The controller's rate-limited delaying queue with its one key, and its workers.
internal sealed partial class JobWorld
{
    private readonly Dictionary<int, int> _orphanFailures = [];
    private readonly HashSet<int> _orphanCalls = [];
    private bool _dirty;
    private bool _processing;
    private long? _delayedTicks;

    /// <summary>Failures that the rate limiter has recorded.</summary>
    public int RecordedFailures { get; private set; }

    public void RequeueAfter(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            // With an old state in the cache nothing comes of another sync: the change that is on its way queues the Job.
            if (!_processing || _cachedVersion == _version)
            {
                AddToQueue();
            }

            return;
        }

        // One pending entry: a later request does not move it, an earlier one does.
        var due = After(delay.Ticks);
        if (_delayedTicks is not { } pending || due < pending)
        {
            _delayedTicks = due;
            Push(due, Controller, new(WorldEventKind.Delayed));
        }
    }

    private void AddToQueue()
    {
        if (_dirty)
        {
            return;
        }

        _dirty = true;
        if (!_processing)
        {
            PushWork();
        }
    }

    private void PushWork() => Push(_clock.UtcTicks, Controller, new(WorldEventKind.Work));

    private void EnqueueForPod(bool immediate)
    {
        var backoff = immediate ? TimeSpan.Zero : JobBackoff.PodFailureDelay(RecordedFailures);
        var batches = immediate || (backoff == TimeSpan.Zero && _release.BacksOffFailedPodRetries);
        RequeueAfter(batches ? new TimeSpan(_batchTicks) : backoff);
    }

    private void DelayedIsDue()
    {
        // An event left behind by an entry that was moved earlier finds nothing due.
        if (_delayedTicks == _clock.UtcTicks)
        {
            _delayedTicks = null;
            if (!_dirty && !_processing && IsLastOfInstant)
            {
                Work();
            }
            else
            {
                AddToQueue();
            }
        }
    }

    private bool IsLastOfInstant => _events.Count == 0 || _events.NextTicks > _clock.UtcTicks;

    /// <summary>Syncs until nothing asks for another sync that could run at once.</summary>
    private void Work()
    {
        do
        {
            SyncOnce();
        }
        while (_dirty && IsLastOfInstant);

        if (_dirty)
        {
            PushWork();
        }
    }

    private void SyncOnce()
    {
        Guard.BeginSync();
        _processing = true;
        _syncStartTicks = _clock.UtcTicks;
        _dirty = false;
        SyncCount++;
        if (_cachedExists)
        {
            _writerVersion = _cachedVersion;
            var outcome = _syncer.Sync(_cached, this, Now);
            if (outcome.Error is null)
            {
                RecordedFailures = outcome.Forget ? 0 : RecordedFailures;
            }
            else if (!outcome.IsConflict)
            {
                RequeueAfter(JobBackoff.RetryDelay(RecordedFailures++));
            }
        }
        else
        {
            _cached.Expectations.Clear();
            RecordedFailures = 0;
        }

        _log?.Flush();
        _processing = false;
    }

    /// <summary>Takes the finalizer off a pod whose Job is gone.</summary>
    private void OrphanWork(int pod)
    {
        var pods = _cached.Pods;
        if (pods.Has(pod, PodFlags.Gone) || !pods.Has(pod, PodFlags.Finalizer) || (_cachedExists && pods.Has(pod, PodFlags.Owned)))
        {
            return;
        }

        if (_apiLatencyTicks == 0)
        {
            ReleaseOrphan(pod);
        }
        else if (_orphanCalls.Add(pod))
        {
            Push(After(_apiLatencyTicks), External, new(WorldEventKind.OrphanCall, pod));
        }
    }

    private void ReleaseOrphan(int pod)
    {
        _orphanCalls.Remove(pod);
        var result = RemoveFinalizer(pod);
        if (result.Succeeded || result.Verdict == ApiVerdict.NotFound)
        {
            _orphanFailures.Remove(pod);
            return;
        }

        var failures = _orphanFailures.GetValueOrDefault(pod);
        _orphanFailures[pod] = failures + 1;
        Push(After(JobBackoff.RetryDelay(failures).Ticks), Controller, new(WorldEventKind.OrphanWork, pod));
    }
}
