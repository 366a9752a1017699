using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Jobs.Syncing;

namespace K124.Sim.Batch.Forecast.World;

// The API server as the controller calls it.
internal sealed partial class JobWorld : IJobClient
{
    private readonly SeededRandom? _random;
    private readonly double _failureProbability;
    private readonly long _apiLatencyTicks;
    private long _writerVersion;
    private long _syncStartTicks;

    public TimeSpan SyncDuration => new(_clock.UtcTicks - _syncStartTicks);

    public void BeginCalls()
    {
        if (_apiLatencyTicks > 0)
        {
            // The world goes on while the sync waits; no other sync begins.
            _log?.Flush();
            RunUntil(After(_apiLatencyTicks));
        }
    }

    public ApiResult CreatePod(int index)
    {
        if (Fails("create") is { } failure)
        {
            return failure;
        }

        var pod = AddPod(index);
        _log?.Add("pods-created", pod);
        NotifyPod(pod, PodNotice.Added);
        if (!_exists)
        {
            Push(After(_gcTicks), External, new(WorldEventKind.CollectPods));
        }

        return ApiResult.Ok;
    }

    public ApiResult DeletePod(int pod)
    {
        if (Fails("delete") is { } failure)
        {
            return failure;
        }

        if (!PodExists(pod))
        {
            return NotFound(pod);
        }

        _log?.Add("pods-deleted", pod);
        Delete(pod, force: false);
        return ApiResult.Ok;
    }

    public ApiResult RemoveFinalizer(int pod)
    {
        if (Fails("patch") is { } failure)
        {
            return failure;
        }

        if (!PodExists(pod))
        {
            return NotFound(pod);
        }

        if ((_flags[pod] & PodFlags.Finalizer) == PodFlags.None)
        {
            _log?.Add("pods-patched", pod);
            return ApiResult.Ok;
        }

        _log?.Add("finalizers-removed", pod);
        TakeFinalizerOff(pod);
        return ApiResult.Ok;
    }

    public ApiResult Adopt(int pod)
    {
        if (Fails("patch") is { } failure)
        {
            return failure;
        }

        if (!_exists || _job.Metadata.DeletionTimestamp is not null)
        {
            return new(ApiVerdict.Failed, $"can't adopt Pod {Identity(pod)}: Job {_cached.Settings.Key} is gone or has just been deleted");
        }

        if (!PodExists(pod))
        {
            return NotFound(pod);
        }

        _ownedCount += (_flags[pod] & PodFlags.Owned) == PodFlags.None ? 1 : 0;
        _flags[pod] |= PodFlags.Owned | (_cached.Settings.Tracked ? PodFlags.Finalizer : PodFlags.None);
        _log?.Add("pods-adopted", pod);
        NotifyPod(pod, PodNotice.Updated);
        return ApiResult.Ok;
    }

    public ApiResult Release(int pod)
    {
        if (Fails("patch") is { } failure)
        {
            return failure;
        }

        if (!PodExists(pod))
        {
            return NotFound(pod);
        }

        Disown(pod);
        _flags[pod] &= _cached.Settings.Tracked ? ~PodFlags.Finalizer : ~PodFlags.None;
        _log?.Add("pods-released", pod);
        NotifyPod(pod, PodNotice.Updated);
        return ApiResult.Ok;
    }

    public ApiResult RemoveTrackingAnnotation()
    {
        if (Fails("patch") is { } failure)
        {
            return failure;
        }

        if (_exists && _job.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation))
        {
            _job = _job with { Metadata = _job.Metadata with { Annotations = _job.Metadata.Annotations.Without(JobNames.TrackingAnnotation) } };
            _version++;
            _log?.Add("job-patched");
            NotifyJob(JobNotice.Updated);
        }

        return ApiResult.Ok;
    }

    public ApiResult WriteStatus(JobStatusColumns status)
    {
        if (Fails("status update") is { } failure)
        {
            return failure;
        }

        var name = _job.Metadata.Name;
        if (!_exists)
        {
            return new(ApiVerdict.NotFound, $"jobs.batch \"{name}\" not found");
        }

        if (_writerVersion != _version)
        {
            return new(ApiVerdict.Conflict, $"Operation cannot be fulfilled on jobs.batch \"{name}\": the object has been modified");
        }

        status.TruncateTimes();
        if (!status.SameAs(_status))
        {
            _status.CopyFrom(status);
            _writerVersion = ++_version;
            _log?.Add(_status.ToStatus(Uid));
            NotifyJob(JobNotice.Updated);
        }

        return ApiResult.Ok;
    }

    public void Record(JobEvent jobEvent) => _log?.Add(jobEvent);

    private ApiResult? Fails(string call) => _random is not null && _random.NextDouble() < _failureProbability
        ? new ApiResult(ApiVerdict.Failed, $"{call} fault")
        : null;

    private ApiResult NotFound(int pod) => new(ApiVerdict.NotFound, $"pods \"{Identity(pod)}\" not found");
}
