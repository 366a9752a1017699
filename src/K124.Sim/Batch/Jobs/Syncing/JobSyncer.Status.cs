using System.Runtime.InteropServices;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

internal sealed partial class JobSyncer
{
    private readonly List<int> _toRelease = [];
    private readonly List<int> _newIndexes = [];
    private readonly List<long> _keys = [];
    private int _countedSucceeded;
    private int _countedFailed;

    private SyncOutcome FinishUntracked(Condition? finish, bool suspendedChanged, bool newFailure, bool forget, ApiResult? podError)
    {
        if (RemoveStrayFinalizers() is { } strayError)
        {
            return new(Forget: false, strayError.Within($"removing disabled finalizers from job pods {_settings.Key}: "));
        }

        var changed = _status.Active != _active || _status.Succeeded != _succeeded || _status.Failed != _failed
            || _status.Ready != _ready || suspendedChanged || finish is not null;
        if (!changed)
        {
            return new(forget, podError);
        }

        _status.Active = _active;
        _status.Succeeded = _succeeded;
        _status.Failed = _failed;
        _status.Ready = _ready;
        if (_settings.Indexed)
        {
            SetCompleted(_completed);
        }

        _status.HasUncounted = false;
        _status.UncountedSucceeded.Clear();
        _status.UncountedFailed.Clear();
        Enact(finish);
        if (WriteStatus() is { Succeeded: false } writeError)
        {
            return new(forget, writeError);
        }

        return newFailure && !_status.IsFinished
            ? new(forget, FailedPods())
            : new(ForgetsAfterWrite(forget, suspendedChanged), podError);
    }

    /// <summary>Whether a sync that wrote the status, and met no new failure, clears the retries so far.</summary>
    private bool ForgetsAfterWrite(bool raisedSucceeded, bool suspendedChanged) =>
        !release.BacksOffFailedPodRetries || raisedSucceeded || suspendedChanged;

    private ApiResult? RemoveStrayFinalizers()
    {
        ApiResult? error = null;
        _scratch.Clear();
        _scratch.AddRange(_ended);
        _scratch.AddRange(_activeWithFinalizer);
        if (_scratch.Count == 0)
        {
            return null;
        }

        _scratch.Sort();
        _client.BeginCalls();
        foreach (var pod in _scratch)
        {
            var result = _client.RemoveFinalizer(pod);
            if (!result.Succeeded && result.Verdict != ApiVerdict.NotFound)
            {
                error ??= result;
            }
        }

        return error;
    }

    private SyncOutcome FinishTracked(Condition? finish, bool suspendedChanged, bool newFailure, bool forget, ApiResult? podError)
    {
        var outcome = TrackFinished(finish, suspendedChanged, newFailure, forget, podError);
        if (!outcome.IsConflict || !release.BacksOffFailedPodRetries)
        {
            return outcome;
        }

        // The cache was stale: the Job waits in the queue, and the conflict is no failure.
        _client.RequeueAfter(JobBackoff.PodFailureDelay(_client.RecordedFailures));
        return new(Forget: false, Error: null);
    }

    private SyncOutcome TrackFinished(Condition? finish, bool suspendedChanged, bool newFailure, bool forget, ApiResult? podError)
    {
        var needsWrite = suspendedChanged || _status.Active != _active || _status.Ready != _ready;
        _status.Active = _active;
        _status.Ready = _ready;
        (_countedSucceeded, _countedFailed) = (_status.Succeeded, _status.Failed);
        needsWrite |= CountReleased();
        needsWrite |= ListFinished(finish is not null, out var leftUncounted);

        // The controller goes on with the object that the server returned, and later judges by its own copy.
        var wroteFirst = needsWrite;
        if (needsWrite)
        {
            if (WriteStatus() is { Succeeded: false } error)
            {
                return new(Forget: false, error.Within("tracking status: adding uncounted pods to status: "));
            }

            CountFinishedPods();
        }

        var releaseError = ReleaseFinished();
        needsWrite = CountReleased();
        if (releaseError is { } patchError)
        {
            if (needsWrite && WriteStatus() is { Succeeded: false } error)
            {
                return new(Forget: false, error.Within("tracking status: removing uncounted pods from status: "));
            }

            return new(Forget: false, patchError.Within("tracking status: "));
        }

        var waits = leftUncounted && finish is not null && release.CountsAllPodsBeforeJobFinishes;
        if (waits)
        {
            _client.RequeueAfter(TimeSpan.Zero);
        }

        var enacted = !waits && Enact(finish);
        if (needsWrite || enacted)
        {
            if (WriteStatus() is { Succeeded: false } error)
            {
                return new(Forget: false, error.Within("tracking status: removing uncounted pods from status: "));
            }

            CountFinishedPods();
        }

        return newFailure && !(enacted && !wroteFirst)
            ? new(forget, FailedPods())
            : new(ForgetsAfterWrite(forget, suspendedChanged), podError);
    }

    /// <summary>Moves UIDs whose pods have lost the finalizer from the lists into the counters.</summary>
    private bool CountReleased()
    {
        var succeeded = KeepLive(_status.UncountedSucceeded);
        var failed = KeepLive(_status.UncountedFailed);
        _status.Succeeded += succeeded;
        _status.Failed += failed;
        return succeeded + failed > 0;
    }

    private int KeepLive(List<int> listed)
    {
        var kept = 0;
        for (var i = 0; i < listed.Count; i++)
        {
            if (listed[i] >= 0 && _job.Pods.Has(listed[i], PodFlags.Live))
            {
                listed[kept++] = listed[i];
            }
        }

        var removed = listed.Count - kept;
        listed.RemoveRange(kept, removed);
        return removed;
    }

    /// <summary>Chooses the pods whose finalizer goes, and lists or completes what they stand for, up to the cap.</summary>
    /// <param name="terminal">Whether the Job ends in this sync, so that active pods are counted, too.</param>
    /// <param name="leftUncounted">Whether the cap left pods for a later sync.</param>
    /// <returns>Whether the status changed.</returns>
    private bool ListFinished(bool terminal, out bool leftUncounted)
    {
        var pods = _job.Pods;
        _toRelease.Clear();
        _newIndexes.Clear();
        _scratch.Clear();
        _scratch.AddRange(_ended);
        if (terminal || _settings.Deleting)
        {
            _scratch.AddRange(_activeWithFinalizer);
        }

        SortForCounting(_scratch);

        var changed = false;
        leftUncounted = false;
        foreach (var pod in _scratch)
        {
            if (pods.Has(pod, PodFlags.InFlightAtStart))
            {
                continue;
            }

            if (_newIndexes.Count + _status.UncountedSucceeded.Count + _status.UncountedFailed.Count >= MostPerSync && _toRelease.Count > 0)
            {
                leftUncounted = true;
                break;
            }

            _toRelease.Add(pod);
            changed |= ListPod(pod, terminal);
        }

        return ShowCompleted() || changed;
    }

    /// <summary>Puts the indexes that are new in this sync into the status.</summary>
    /// <returns>Whether that alone calls for a write.</returns>
    private bool ShowCompleted()
    {
        if (_newIndexes.Count > 0)
        {
            // Most often every ended pod could be taken in.
            var indexes = CollectionsMarshal.AsSpan(_newIndexes);
            SetCompleted(indexes.SequenceEqual(CollectionsMarshal.AsSpan(_endedIndexes)) ? _completed : _completedBefore.With(indexes, _runs));
            _status.Succeeded = (int)_status.CompletedIndexes.Total;
            return false;
        }

        if (!_settings.Indexed || !release.DropsCompletedIndexesOutOfRange || _status.CompletedText is not { } text || text == _completedBefore.ToString())
        {
            return false;
        }

        SetCompleted(_completedBefore);
        _status.Succeeded = (int)_completedBefore.Total;
        return true;
    }

    /// <summary>By index in an Indexed Job, then by row.</summary>
    private void SortForCounting(List<int> rows)
    {
        if (!_settings.Indexed)
        {
            rows.Sort();
            return;
        }

        // Index above, row below: sorting whole numbers takes no comparison calls.
        _keys.Clear();
        foreach (var row in rows)
        {
            _keys.Add(((long)_job.Pods.Index(row) << 32) | (uint)row);
        }

        _keys.Sort();
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i] = (int)_keys[i];
        }
    }

    private bool ListPod(int pod, bool terminal)
    {
        var pods = _job.Pods;
        if (pods.Has(pod, PodFlags.SucceededAtStart))
        {
            if (_settings.Indexed)
            {
                if (!pods.IsValid(pod) || _completedBefore.Contains(pods.Index(pod)))
                {
                    return false;
                }

                _newIndexes.Add(pods.Index(pod));
                return true;
            }

            return !pods.Has(pod, PodFlags.ListedSucceeded) && List(_status.UncountedSucceeded, pod);
        }

        // What was not active when the sync began had failed or was being deleted.
        var ended = terminal || !pods.Has(pod, PodFlags.ActiveAtStart);
        return ended && !pods.Has(pod, PodFlags.ListedFailed) && pods.IsValid(pod) && List(_status.UncountedFailed, pod);
    }

    private bool List(List<int> list, int pod)
    {
        list.Add(pod);
        _job.Pods.Mark(pod, PodFlags.Live);
        return true;
    }

    private ApiResult? ReleaseFinished()
    {
        if (_toRelease.Count == 0)
        {
            return null;
        }

        var pods = _job.Pods;
        foreach (var pod in _toRelease)
        {
            pods.SetInFlight(pod, inFlight: true);
        }

        ApiResult? error = null;
        _client.BeginCalls();
        foreach (var pod in _toRelease)
        {
            var result = _client.RemoveFinalizer(pod);
            if (!result.Succeeded)
            {
                pods.SetInFlight(pod, inFlight: false);
            }

            if (result.Succeeded || result.Verdict == ApiVerdict.NotFound)
            {
                pods.Unmark(pod, PodFlags.Live);
            }
            else
            {
                error ??= result;
            }
        }

        return error;
    }

    private ApiResult WriteStatus()
    {
        _client.BeginCalls();
        return _client.WriteStatus(_status);
    }

    private void CountFinishedPods()
    {
        _job.Metrics.CountFinishedPods(_settings.Indexed, failed: false, _status.Succeeded - _countedSucceeded);
        _job.Metrics.CountFinishedPods(_settings.Indexed, failed: true, _status.Failed - _countedFailed);
        (_countedSucceeded, _countedFailed) = (_status.Succeeded, _status.Failed);
    }

    private void SetCompleted(CompletedIndexes completed)
    {
        _status.CompletedIndexes = completed;
        _status.CompletedText = null;
    }
}
