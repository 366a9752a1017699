using System.Runtime.InteropServices;
using K124.Sim.Model;

namespace K124.Sim.Batch.Internal;

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
            return new(Forget: false, strayError.Within($"removing disabled finalizers from job pods {_job.Key}: "));
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
        if (_job.Indexed)
        {
            SetCompleted(_completed);
        }

        _status.HasUncounted = false;
        _status.UncountedSucceeded.Clear();
        _status.UncountedFailed.Clear();
        Enact(finish);
        if (_client.WriteStatus(_status) is { Succeeded: false } writeError)
        {
            return new(forget, writeError);
        }

        return newFailure && !_status.IsFinished
            ? new(forget, FailedPods())
            : new(Forget: true, podError);
    }

    private ApiResult? RemoveStrayFinalizers()
    {
        ApiResult? error = null;
        _scratch.Clear();
        _scratch.AddRange(_ended);
        _scratch.AddRange(_activeWithFinalizer);
        _scratch.Sort();
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
        var needsWrite = suspendedChanged || _status.Active != _active || _status.Ready != _ready;
        _status.Active = _active;
        _status.Ready = _ready;
        (_countedSucceeded, _countedFailed) = (_status.Succeeded, _status.Failed);
        needsWrite |= CountReleased();
        needsWrite |= ListFinished(finish is not null);

        // The controller goes on with the object that the server returned, and later judges by its own copy.
        var wroteFirst = needsWrite;
        if (needsWrite)
        {
            if (_client.WriteStatus(_status) is { Succeeded: false } error)
            {
                return new(Forget: false, error.Within("tracking status: adding uncounted pods to status: "));
            }

            CountFinishedPods();
        }

        var releaseError = ReleaseFinished();
        needsWrite = CountReleased();
        if (releaseError is { } patchError)
        {
            if (needsWrite && _client.WriteStatus(_status) is { Succeeded: false } error)
            {
                return new(Forget: false, error.Within("tracking status: removing uncounted pods from status: "));
            }

            return new(Forget: false, patchError.Within("tracking status: "));
        }

        var enacted = Enact(finish);
        if (needsWrite || enacted)
        {
            if (_client.WriteStatus(_status) is { Succeeded: false } error)
            {
                return new(Forget: false, error.Within("tracking status: removing uncounted pods from status: "));
            }

            CountFinishedPods();
        }

        return newFailure && !(enacted && !wroteFirst)
            ? new(forget, FailedPods())
            : new(Forget: true, podError);
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
        if (listed.Count == 0)
        {
            return 0;
        }

        var pods = _job.Pods;
        return listed.RemoveAll(pod => pod < 0 || !pods.Has(pod, PodFlags.Live));
    }

    /// <summary>Chooses the pods whose finalizer goes, and lists or completes what they stand for, up to the cap.</summary>
    private bool ListFinished(bool terminal)
    {
        var pods = _job.Pods;
        _toRelease.Clear();
        _newIndexes.Clear();
        _scratch.Clear();
        _scratch.AddRange(_ended);
        if (terminal || _job.Deleting)
        {
            _scratch.AddRange(_activeWithFinalizer);
        }

        SortForCounting(_scratch);

        var changed = false;
        foreach (var pod in _scratch)
        {
            if (pods.Has(pod, PodFlags.InFlight))
            {
                continue;
            }

            _toRelease.Add(pod);
            changed |= ListPod(pod, terminal);
            if (_newIndexes.Count + _status.UncountedSucceeded.Count + _status.UncountedFailed.Count >= MostPerSync)
            {
                break;
            }
        }

        if (_newIndexes.Count > 0)
        {
            SetCompleted(_completedBefore.With(CollectionsMarshal.AsSpan(_newIndexes)));
            _status.Succeeded = (int)_status.CompletedIndexes.Total;
        }

        return changed;
    }

    /// <summary>By index in an Indexed Job, then by row.</summary>
    private void SortForCounting(List<int> rows)
    {
        if (!_job.Indexed)
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
        if (pods.Phase(pod) == PodPhase.Succeeded)
        {
            if (_job.Indexed)
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
        var pods = _job.Pods;
        foreach (var pod in _toRelease)
        {
            pods.Change(pod, PodFlags.InFlight, PodFlags.None);
        }

        ApiResult? error = null;
        foreach (var pod in _toRelease)
        {
            var result = _client.RemoveFinalizer(pod);
            if (!result.Succeeded)
            {
                pods.Change(pod, PodFlags.None, PodFlags.InFlight);
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

    private void CountFinishedPods()
    {
        _job.Metrics.CountFinishedPods(_job.Indexed, failed: false, _status.Succeeded - _countedSucceeded);
        _job.Metrics.CountFinishedPods(_job.Indexed, failed: true, _status.Failed - _countedFailed);
        (_countedSucceeded, _countedFailed) = (_status.Succeeded, _status.Failed);
    }

    private void SetCompleted(CompletedIndexes completed)
    {
        _status.CompletedIndexes = completed;
        _status.CompletedText = null;
    }
}
