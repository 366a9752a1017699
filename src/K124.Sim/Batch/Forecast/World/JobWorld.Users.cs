using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model;

namespace K124.Sim.Batch.Forecast.World;

// What users and the garbage collector do.
internal sealed partial class JobWorld
{
    private bool _collecting;

    public void Perform(JobAction action)
    {
        var spec = _job.Spec;
        switch (action.Operation)
        {
            case JobOperation.SetSuspend:
                Update(spec with { Suspend = action.Suspend });
                break;
            case JobOperation.SetParallelism:
                Update(spec with { Parallelism = (int)Math.Clamp(action.Number ?? 0, 0, int.MaxValue) });
                break;
            case JobOperation.SetActiveDeadlineSeconds:
                Update(spec with { ActiveDeadlineSeconds = action.Number });
                break;
            case JobOperation.SetBackoffLimit:
                Update(spec with { BackoffLimit = (int)Math.Clamp(action.Number ?? 0, 0, int.MaxValue) });
                break;
            case JobOperation.DeletePod:
            case JobOperation.ForceDeletePod:
                if (FindPod(action.Target) is { } doomed)
                {
                    Delete(doomed, action.Operation == JobOperation.ForceDeletePod);
                }

                break;
            case JobOperation.PodPhase:
                SetPhase(action.Target);
                break;
            case JobOperation.DeleteJob:
                DeleteJob(action.Target);
                break;
        }
    }

    private void Update(JobSpec spec)
    {
        if (!_exists || spec == _job.Spec)
        {
            return;
        }

        _job = _job with { Spec = spec, Metadata = _job.Metadata with { Generation = _job.Metadata.Generation + 1 } };
        _version++;
        NotifyJob(JobNotice.Updated);
    }

    private void SetPhase(string target)
    {
        var equals = target.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || FindPod(target[..equals]) is not { } pod)
        {
            return;
        }

        var phase = PodReader.PhaseOf(target[(equals + 1)..]);
        if (phase == _phases[pod])
        {
            return;
        }

        if (phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            CountWork(pod, phase == PodPhase.Succeeded);
        }

        // The phase alone: whether the pod is ready is another matter.
        _phases[pod] = phase;
        NotifyPod(pod, PodNotice.Updated);
    }

    private int? FindPod(string identity)
    {
        if (!JobScenarioRules.TryReadIdentity(identity, out var index, out var attempt))
        {
            return null;
        }

        for (var pod = 0; pod < PodCount; pod++)
        {
            if (_attempts[pod] == attempt && _indexes[pod] == index)
            {
                return PodExists(pod) ? pod : null;
            }
        }

        return null;
    }

    private void DeleteJob(string propagation)
    {
        if (!_exists || _job.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        if (propagation == "Background")
        {
            RemoveJob();
            Push(After(_gcTicks), External, new(WorldEventKind.CollectPods));
            return;
        }

        var foreground = propagation == "Foreground";
        _job = _job with
        {
            Metadata = _job.Metadata with
            {
                DeletionTimestamp = new(NowInSeconds, TimeSpan.Zero),
                Finalizers = _job.Metadata.Finalizers.Add(foreground ? "foregroundDeletion" : "orphan"),
            },
        };
        _version++;
        NotifyJob(JobNotice.Updated);
        Push(After(_gcTicks), External, new(foreground ? WorldEventKind.CollectPods : WorldEventKind.OrphanPods));
    }

    private void RemoveJob()
    {
        if (!_exists)
        {
            return;
        }

        _exists = false;
        _log?.Add("job-removed");
        NotifyJob(JobNotice.Removed);
    }

    private void CollectPods()
    {
        _collecting = _exists;
        for (var pod = 0; pod < PodCount; pod++)
        {
            if ((_flags[pod] & PodFlags.Owned) != PodFlags.None)
            {
                Delete(pod, force: false);
            }
        }

        if (_collecting && _ownedCount == 0)
        {
            ScheduleJobRemoval();
        }
    }

    private void OrphanPods()
    {
        for (var pod = 0; pod < PodCount; pod++)
        {
            if (PodExists(pod) && (_flags[pod] & PodFlags.Owned) != PodFlags.None)
            {
                Disown(pod);
                NotifyPod(pod, PodNotice.Updated);
            }
        }

        RemoveJob();
    }

    private void Disown(int pod)
    {
        _flags[pod] &= ~PodFlags.Owned;
        _ownedCount--;
    }

    private void OwnedPodIsGone()
    {
        _ownedCount--;
        if (_collecting && _ownedCount == 0)
        {
            ScheduleJobRemoval();
        }
    }

    private void ScheduleJobRemoval()
    {
        _collecting = false;
        Push(After(_gcTicks), External, new(WorldEventKind.CollectJob));
    }
}
