namespace K124.Sim.Batch.Jobs.Syncing;

internal sealed partial class JobPodTable
{
    private readonly List<int> _active = [];
    private readonly List<int> _ended = [];
    private readonly List<int> _unclaimed = [];
    private readonly IndexCounts _activeByIndex = new();
    private readonly IndexCounts _succeededByIndex = new();
    private readonly IndexSet _succeededIndexes = new();

    private readonly OpenIndexes _open = new();

    /// <summary>Owned pods that are neither finished nor being deleted; in no stated order.</summary>
    public List<int> Active => _active;

    /// <summary>Owned pods with the finalizer that are finished or being deleted; in no stated order.</summary>
    public List<int> Ended => _ended;

    /// <summary>Rows that may have to be adopted or released.</summary>
    public List<int> Unclaimed => _unclaimed;

    public int ReadyCount { get; private set; }

    /// <summary>Owned pods with the finalizer.</summary>
    public int FinalizerCount { get; private set; }

    /// <summary>Succeeded pods that exist and may count.</summary>
    public int SucceededCount { get; private set; }

    /// <summary>Failed pods that exist and may count.</summary>
    public int FailedCount { get; private set; }

    /// <summary>Succeeded pods that may count and whose finalizer says that they are not yet counted.</summary>
    public int UncountedSucceededCount { get; private set; }

    /// <summary>Failed or deleted pods that may count and whose finalizer says that they are not yet counted.</summary>
    public int UncountedFailedCount { get; private set; }

    /// <summary>Restarts of pods that are pending or running.</summary>
    public long RestartCount { get; private set; }

    /// <summary>Active pods without an index below completions.</summary>
    public int StrayActiveCount { get; private set; }

    /// <summary>Active pods beyond the first of their index.</summary>
    public int DuplicateActiveCount { get; private set; }

    /// <summary>Indexes of succeeded pods that exist; kept only when finished pods are not tracked by finalizers.</summary>
    public CompletedIndexes SucceededIndexes => _succeededIndexes.Snapshot;

    /// <summary>Whether the pod counts among the failed ones of a tracked Job, or would if it were not in the lists.</summary>
    public bool CountsAsUncounted(int pod, bool failed) =>
        Has(pod, PodFlags.Claimed | PodFlags.Finalizer)
        && (_flags[pod] & (PodFlags.Gone | PodFlags.InFlight)) == PodFlags.None
        && IsValid(pod)
        && (failed
            ? _phases[pod] == PodPhase.Failed || (Has(pod, PodFlags.Deleting) && _phases[pod] != PodPhase.Succeeded)
            : _phases[pod] == PodPhase.Succeeded);

    /// <summary>The lowest indexes that are neither completed nor used by an active pod.</summary>
    /// <param name="completed">The completed ones, joined.</param>
    /// <param name="most">Most to return.</param>
    /// <param name="into">Receives the indexes, ascending.</param>
    public void TakeOpenIndexes(CompletedIndexes completed, int most, List<int> into) =>
        _open.Take(completed, _activeByIndex, _completions, most, into);

    private void Account(int pod, int sign)
    {
        var flags = _flags[pod];
        if ((flags & (PodFlags.Claimed | PodFlags.Gone)) != PodFlags.Claimed)
        {
            AccountUnclaimed(pod, flags, sign);
            return;
        }

        var phase = _phases[pod];
        var finished = phase is PodPhase.Succeeded or PodPhase.Failed;
        var deleting = (flags & PodFlags.Deleting) != PodFlags.None;
        if (!finished && !deleting)
        {
            AccountActive(pod, flags, sign);
        }

        var valid = IsValid(pod);
        if (finished && valid)
        {
            AccountFinished(pod, phase, sign);
        }

        if ((flags & PodFlags.Finalizer) != PodFlags.None)
        {
            AccountFinalizer(pod, finished || deleting, valid, sign);
        }

        RestartCount += sign * CountedRestarts(phase, _restarts[pod]);
    }

    private void AccountUnclaimed(int pod, PodFlags flags, int sign)
    {
        // Owned without matching labels, or matching without a controller: the sync decides what becomes of it.
        if ((flags & (PodFlags.Gone | PodFlags.Foreign)) == PodFlags.None && (flags & PodFlags.Claimed) != PodFlags.None)
        {
            if (sign > 0)
            {
                _unclaimed.Add(pod);
            }
            else
            {
                _unclaimed.Remove(pod);
            }
        }
    }

    private void AccountActive(int pod, PodFlags flags, int sign)
    {
        if ((flags & PodFlags.Ready) != PodFlags.None)
        {
            ReadyCount += sign;
        }

        if (sign > 0)
        {
            Enlist(_active, _places, pod);
        }
        else
        {
            Delist(_active, _places, pod);
        }

        if (!_indexed)
        {
            return;
        }

        if (!IsValid(pod))
        {
            StrayActiveCount += sign;
            return;
        }

        var index = _indexes[pod];
        var count = _activeByIndex.Change(index, sign);
        if (sign > 0)
        {
            DuplicateActiveCount += count > 1 ? 1 : 0;
        }
        else
        {
            DuplicateActiveCount -= count > 0 ? 1 : 0;
            _open.Reopen(index);
        }
    }

    private void AccountFinished(int pod, PodPhase phase, int sign)
    {
        if (phase == PodPhase.Failed)
        {
            FailedCount += sign;
            return;
        }

        SucceededCount += sign;
        if (!_keepsSucceededIndexes)
        {
            return;
        }

        var index = _indexes[pod];
        var count = _succeededByIndex.Change(index, sign);
        if (sign > 0 && count == 1)
        {
            _succeededIndexes.Add(index);
        }
        else if (sign < 0 && count == 0)
        {
            _succeededIndexes.Remove(index);
            _open.Reopen(index);
        }
    }

    private void AccountFinalizer(int pod, bool ended, bool valid, int sign)
    {
        FinalizerCount += sign;
        AccountUncounted(pod, sign);
        if (!ended)
        {
            return;
        }

        if (sign > 0)
        {
            Enlist(_ended, _places, pod);
        }
        else
        {
            Delist(_ended, _places, pod);
            if (_indexed && valid)
            {
                _open.Reopen(_indexes[pod]);
            }
        }
    }

    private void AccountUncounted(int pod, int sign)
    {
        UncountedSucceededCount += CountsAsUncounted(pod, failed: false) ? sign : 0;
        UncountedFailedCount += CountsAsUncounted(pod, failed: true) ? sign : 0;
    }
}
