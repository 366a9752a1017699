using System.Runtime.InteropServices;

namespace K124.Sim.Batch.Jobs.Syncing;

internal sealed partial class JobSyncer
{
    /// <summary>Adopts and releases pods.</summary>
    /// <returns>The error that ends the sync, or null.</returns>
    private ApiResult? Claim(bool tracked)
    {
        var pods = _job.Pods;
        if (pods.Unclaimed.Count == 0 || _settings.Deleting)
        {
            return null;
        }

        List<string>? errors = null;
        var hasReadJob = false;
        foreach (var pod in pods.Unclaimed.ToArray())
        {
            ApiResult result;
            if (pods.Has(pod, PodFlags.Owned))
            {
                _client.BeginCalls();
                result = _client.Release(pod);
                if (result.Verdict is ApiVerdict.NotFound or ApiVerdict.Invalid)
                {
                    continue;
                }
            }
            else
            {
                if (pods.Has(pod, PodFlags.Deleting))
                {
                    continue;
                }

                if (!hasReadJob)
                {
                    // A fresh read of the Job comes before the first adoption.
                    hasReadJob = true;
                    _client.BeginCalls();
                }

                _client.BeginCalls();
                result = _client.Adopt(pod);
                if (result.Succeeded)
                {
                    pods.Change(pod, tracked ? PodFlags.Owned | PodFlags.Finalizer : PodFlags.Owned, PodFlags.None);
                }
                else if (result.Verdict == ApiVerdict.NotFound)
                {
                    continue;
                }
            }

            if (!result.Succeeded && errors?.Contains(result.Message) != true)
            {
                (errors ??= []).Add(result.Message);
            }
        }

        return errors switch
        {
            null => null,
            [var only] => new(ApiVerdict.Failed, only),
            _ => new(ApiVerdict.Failed, $"[{string.Join(", ", errors)}]"),
        };
    }

    private void Count(bool tracked)
    {
        var pods = _job.Pods;
        _active = pods.Active.Count;
        _ready = _settings.CountsReadyPods ? pods.ReadyCount : null;
        _activeNoted = false;
        _listedAtStart.Clear();
        _activeWithFinalizer.Clear();
        _ended.Clear();
        _ended.AddRange(pods.Ended);
        foreach (var pod in _ended)
        {
            var succeeded = pods.Phase(pod) == PodPhase.Succeeded ? PodFlags.SucceededAtStart : PodFlags.None;
            pods.Mark(pod, succeeded | InFlightNow(pod));
        }

        if (tracked)
        {
            _succeeded = _status.Succeeded + CountUncounted(_status.UncountedSucceeded, failed: false);
            _failed = _status.Failed + CountUncounted(_status.UncountedFailed, failed: true);
            _uncountedSucceededAtStart = _status.UncountedSucceeded.Count;
            _uncountedFailedAtStart = _status.UncountedFailed.Count;
            if (_settings.Deleting)
            {
                NoteActive();
            }
        }
        else
        {
            _succeeded = pods.SucceededCount;
            _failed = pods.FailedCount;
            _uncountedSucceededAtStart = _uncountedFailedAtStart = 0;
            if (pods.FinalizerCount > 0)
            {
                NoteActive();
            }
        }
    }

    /// <summary>Pods in the list and pods whose finalizer says that they are not counted, each once; marks the listed ones.</summary>
    private int CountUncounted(List<int> listed, bool failed)
    {
        var pods = _job.Pods;
        var count = failed ? pods.UncountedFailedCount : pods.UncountedSucceededCount;
        var mark = failed ? PodFlags.ListedFailed : PodFlags.ListedSucceeded;
        for (var i = 0; i < listed.Count; i++)
        {
            var pod = listed[i];
            if (pod < 0)
            {
                count += listed.IndexOf(pod) == i ? 1 : 0;
                continue;
            }

            if (pods.Has(pod, mark))
            {
                continue;
            }

            pods.Mark(pod, mark);
            _listedAtStart.Add(pod);
            if (pods.Has(pod, PodFlags.Claimed | PodFlags.Finalizer) && (pods.Flags(pod) & (PodFlags.Gone | PodFlags.InFlight)) == PodFlags.None)
            {
                pods.Mark(pod, PodFlags.Live);
            }

            count += pods.CountsAsUncounted(pod, failed) ? 0 : 1;
        }

        return count;
    }

    private void CountIndexes(bool tracked)
    {
        if (!_settings.Indexed)
        {
            return;
        }

        var pods = _job.Pods;
        if (!tracked)
        {
            _completed = pods.SucceededIndexes;
        }
        else
        {
            _completedBefore = _status.CompletedIndexes;
            _endedIndexes.Clear();
            foreach (var pod in _ended)
            {
                if (pods.Has(pod, PodFlags.SucceededAtStart) && pods.IsValid(pod))
                {
                    _endedIndexes.Add(pods.Index(pod));
                }
            }

            _endedIndexes.Sort();
            _completed = _completedBefore.With(CollectionsMarshal.AsSpan(_endedIndexes), _runs);
        }

        _succeeded = (int)_completed.Total;
    }

    /// <summary>Notes the active pods with finalizer before a call can change them.</summary>
    private void NoteActive()
    {
        if (_activeNoted)
        {
            return;
        }

        _activeNoted = true;
        foreach (var pod in _job.Pods.Active)
        {
            if (_job.Pods.Has(pod, PodFlags.Finalizer))
            {
                _activeWithFinalizer.Add(pod);
                _job.Pods.Mark(pod, PodFlags.ActiveAtStart | InFlightNow(pod));
            }
        }
    }

    private PodFlags InFlightNow(int pod) => _job.Pods.Has(pod, PodFlags.InFlight) ? PodFlags.InFlightAtStart : PodFlags.None;

    private void ClearMarks()
    {
        const PodFlags Marks = PodFlags.ListedSucceeded | PodFlags.ListedFailed | PodFlags.Live | PodFlags.ActiveAtStart | PodFlags.SucceededAtStart | PodFlags.InFlightAtStart;
        Unmark(_listedAtStart, Marks);
        Unmark(_ended, Marks);
        Unmark(_activeWithFinalizer, Marks);
    }

    private void Unmark(List<int> pods, PodFlags marks)
    {
        foreach (var pod in pods)
        {
            _job.Pods.Unmark(pod, marks);
        }
    }
}
