using K124.Sim.Batch.Jobs.Syncing;

namespace K124.Sim.Batch.Forecast.World;

// Pods: creation, the steps of their plans, deletion.
internal sealed partial class JobWorld
{
    private readonly HashSet<int> _waitsForFinalizer = [];

    private int AddPod(int index)
    {
        Guard.BeginPod(PodCount);
        var pod = PodCount++;
        if (pod == _phases.Length)
        {
            GrowPods(_phases.Length * 2);
        }

        _phases[pod] = PodPhase.Pending;
        _flags[pod] = PodFlags.Owned | (_templateMatches ? PodFlags.Matching : PodFlags.None) | (_cached.Settings.Tracked ? PodFlags.Finalizer : PodFlags.None);
        _indexes[pod] = index;
        _attempts[pod] = index < 0 ? pod + 1 : _attemptsByIndex.Change(index, 1);
        _createdTicks[pod] = NowInSeconds;
        _ownedCount++;
        var steps = _steps.Next(index, _attempts[pod]);
        _slots[pod] = TakeSlot(steps);
        if (steps.IsBoundAtOnce)
        {
            _flags[pod] |= PodFlags.Bound;
            PushStep(steps.StartTicks, WorldEventKind.Start, pod);
        }
        else
        {
            PushStep(steps.ScheduleTicks, WorldEventKind.Schedule, pod);
        }

        // Hidden from the controller until its creation is delivered.
        _cached.Pods.Add(new(PodPhase.Pending, PodFlags.Gone, index, _createdTicks[pod], 0, 0, 0));
        return pod;
    }

    private void ApplyStep(WorldEventKind kind, int pod)
    {
        if ((_flags[pod] & (PodFlags.Gone | PodFlags.Deleting)) != PodFlags.None || !StartsFrom(kind, _phases[pod]))
        {
            return;
        }

        var steps = StepsOf(pod);
        switch (kind)
        {
            case WorldEventKind.Schedule:
                _flags[pod] |= PodFlags.Bound;
                PushStep(steps.StartTicks, WorldEventKind.Start, pod);
                break;
            case WorldEventKind.Start:
                _phases[pod] = PodPhase.Running;
                _slotStarts[_slots[pod]] = _clock.UtcTicks;
                if (steps.ReadyTicks == 0)
                {
                    SetReady(pod);
                }

                PushAfterStart(steps, pod);
                break;
            case WorldEventKind.Ready:
                SetReady(pod);
                break;
            case WorldEventKind.Restart:
                _restarts[pod]++;
                break;
            default:
                End(pod, steps.Outcome);
                FreeSlot(pod);
                break;
        }

        NotifyPod(pod, PodNotice.Updated);
    }

    /// <summary>Whether a planned step can be taken in a phase; one that cannot is lost for good.</summary>
    private static bool StartsFrom(WorldEventKind step, PodPhase phase) => step switch
    {
        WorldEventKind.Schedule => phase is not (PodPhase.Succeeded or PodPhase.Failed),
        WorldEventKind.Start => phase == PodPhase.Pending,
        _ => phase == PodPhase.Running,
    };

    private void PushAfterStart(in PodSteps steps, int pod)
    {
        if (steps.ReadyTicks > 0)
        {
            PushStep(steps.ReadyTicks, WorldEventKind.Ready, pod);
        }

        if (!steps.Restarts.IsDefaultOrEmpty)
        {
            foreach (var restart in steps.Restarts)
            {
                PushStep(restart.Ticks, WorldEventKind.Restart, pod);
            }
        }

        if (steps.Outcome is PodPhase.Succeeded or PodPhase.Failed)
        {
            PushStep(steps.FinishTicks, WorldEventKind.Finish, pod);
        }
    }

    private void PushStep(long afterTicks, WorldEventKind kind, int pod)
    {
        if (afterTicks >= 0)
        {
            Push(After(afterTicks), External, new(kind, pod));
        }
    }

    private void SetReady(int pod)
    {
        _flags[pod] |= PodFlags.Ready;
        _readyTicks[pod] = NowInSeconds;
    }

    private void End(int pod, PodPhase phase)
    {
        CountWork(pod, phase == PodPhase.Succeeded);
        _phases[pod] = phase;
        _flags[pod] &= ~PodFlags.Ready;
        _readyTicks[pod] = NowInSeconds;
    }

    /// <summary>Adds the time that a running pod ran.</summary>
    private void CountWork(int pod, bool useful)
    {
        if (_phases[pod] != PodPhase.Running || _slots[pod] < 0)
        {
            return;
        }

        var ran = _clock.UtcTicks - _slotStarts[_slots[pod]];
        UsefulTicks += useful ? ran : 0;
        WastedTicks += useful ? 0 : ran;
    }

    private bool IsFinished(int pod) => _phases[pod] is PodPhase.Succeeded or PodPhase.Failed;

    private void Delete(int pod, bool force)
    {
        if (!PodExists(pod))
        {
            return;
        }

        if (force || IsFinished(pod) || (_flags[pod] & PodFlags.Bound) == PodFlags.None)
        {
            DeleteAtOnce(pod);
        }
        else if ((_flags[pod] & PodFlags.Deleting) == PodFlags.None)
        {
            _flags[pod] |= PodFlags.Deleting;
            Push(After(Math.Max(0, StepsOf(pod).TerminateTicks)), External, new(WorldEventKind.Terminated, pod));
            NotifyPod(pod, PodNotice.Updated);
        }
    }

    /// <summary>Deletes without grace: the object goes, or waits for its finalizer only.</summary>
    private void DeleteAtOnce(int pod)
    {
        if ((_flags[pod] & PodFlags.Finalizer) == PodFlags.None)
        {
            RemovePod(pod);
        }
        else if (_waitsForFinalizer.Add(pod))
        {
            _flags[pod] |= PodFlags.Deleting;
            NotifyPod(pod, PodNotice.Updated);
        }
    }

    private void FinishTermination(int pod)
    {
        if (!PodExists(pod))
        {
            return;
        }

        var phase = StepsOf(pod).TerminatePhase;
        if (phase != PodPhase.None && !IsFinished(pod))
        {
            End(pod, phase);
            NotifyPod(pod, PodNotice.Updated);
        }

        DeleteAtOnce(pod);
    }

    private void TakeFinalizerOff(int pod)
    {
        _flags[pod] &= ~PodFlags.Finalizer;
        if (_waitsForFinalizer.Count > 0 && _waitsForFinalizer.Remove(pod))
        {
            RemovePod(pod);
        }
        else
        {
            NotifyPod(pod, PodNotice.Updated);
        }
    }

    private void RemovePod(int pod)
    {
        CountWork(pod, useful: false);
        _flags[pod] |= PodFlags.Gone;
        FreeSlot(pod);
        _log?.Add("pods-removed", pod);
        if ((_flags[pod] & PodFlags.Owned) != PodFlags.None)
        {
            OwnedPodIsGone();
        }

        NotifyPod(pod, PodNotice.Removed);
    }

    private int TakeSlot(in PodSteps steps)
    {
        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _slotCount++;
            if (slot == _slotSteps.Length)
            {
                Array.Resize(ref _slotSteps, slot * 2);
                Array.Resize(ref _slotStarts, slot * 2);
            }
        }

        _slotSteps[slot] = steps;
        return slot;
    }

    /// <summary>The steps of a pod; those of a pod that has ended are asked for again, in case a user wakes it.</summary>
    private PodSteps StepsOf(int pod) => _slots[pod] >= 0 ? _slotSteps[_slots[pod]] : _steps.Next(_indexes[pod], _attempts[pod]);

    private void FreeSlot(int pod)
    {
        if (_slots[pod] >= 0)
        {
            _freeSlots.Push(_slots[pod]);
            _slots[pod] = -1;
        }
    }

    private PodRow RowOf(int pod) =>
        new(_phases[pod], _flags[pod] & Stored, _indexes[pod], _createdTicks[pod], _readyTicks[pod], _restarts[pod], _restarts[pod]);

    private void GrowPods(int size)
    {
        Array.Resize(ref _phases, size);
        Array.Resize(ref _flags, size);
        Array.Resize(ref _indexes, size);
        Array.Resize(ref _attempts, size);
        Array.Resize(ref _restarts, size);
        Array.Resize(ref _slots, size);
        Array.Resize(ref _createdTicks, size);
        Array.Resize(ref _readyTicks, size);
    }
}
