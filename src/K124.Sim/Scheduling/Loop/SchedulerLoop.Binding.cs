using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling.Loop;

public sealed partial class SchedulerLoop
{
    private const long VolumeLookTicks = TimeSpan.TicksPerSecond;

    private void Assume(QueuedPodInfo info, string node, IApiClient api)
    {
        var pod = info.Pod;
        _queue.Nominator.Delete(pod);
        var assumed = pod with { Spec = pod.Spec with { NodeName = node } };
        _scheduler.Assume(assumed, node);
        _assumed.Assume(assumed);
        if (_scheduler.ReserveError(pod, node) is { } reserveError)
        {
            GiveUp(info, assumed, new(ReasonSchedulerError, reserveError, NominatingInfo.Cleared, []), api);
        }
        else if (_scheduler.PermitRejection(pod, node) is { } rejection)
        {
            GiveUp(info, assumed, new(ReasonUnschedulable, rejection, NominatingInfo.Cleared, []), api);
        }
        else if (_scheduler.ReservedVolumes(info.Key) is null)
        {
            Bind(info, assumed, api);
        }
        else
        {
            BeginVolumes(info, assumed, api);
        }
    }

    private void BeginVolumes(QueuedPodInfo info, Pod assumed, IApiClient api)
    {
        var attempt = _scheduler.BeginPreBind(info.Key, item => Store(item, api));
        if (attempt.Error is { } error)
        {
            FailBinding(info, assumed, error, api);
            return;
        }

        _waits[info.Key] = new(info, assumed, _now, _now.UtcTicks);
    }

    private static VolumeWrite Store(IApiObject item, IApiClient api)
    {
        var result = item is PersistentVolume volume ? Untyped(api.Update(volume)) : Untyped(api.Update((PersistentVolumeClaim)item));
        return result.Succeeded ? VolumeWrite.Succeeded(result.Value) : VolumeWrite.Failed(result.Status.Message);
    }

    private static ApiResult<IApiObject> Untyped<T>(ApiResult<T> result)
        where T : class, IApiObject =>
        result.Succeeded ? ApiResult.Success<IApiObject>(result.Value) : ApiResult.Failure<IApiObject>(result.Status);

    /// <summary>Looks at the volumes of one pod that are due for a look; 1.24 looks once a second.</summary>
    /// <returns>Whether one was due.</returns>
    private bool LookAtVolumes(IApiClient api)
    {
        foreach (var (key, wait) in _waits)
        {
            if (wait.NextLookTicks <= _now.UtcTicks)
            {
                Look(key, wait, api);
                return true;
            }
        }

        return false;
    }

    private void Look(ObjectKey key, VolumeWait wait, IApiClient api)
    {
        var exists = api.Get<Pod>(key) is { } pod && pod.Metadata.Uid == wait.Assumed.Metadata.Uid;
        var state = _scheduler.CheckPreBind(key, exists, _now - wait.Since);
        if (state is { IsComplete: false, Error: null })
        {
            _waits[key] = wait with { NextLookTicks = _now.UtcTicks + VolumeLookTicks };
            return;
        }

        _waits.Remove(key);
        if (state.Error is { } error)
        {
            FailBinding(wait.Info, wait.Assumed, error, api);
        }
        else
        {
            Bind(wait.Info, wait.Assumed, api);
        }
    }

    private void Bind(QueuedPodInfo info, Pod assumed, IApiClient api)
    {
        var node = assumed.Spec.NodeName;
        if (_scheduler.BinderOf(info.Pod)?.Bind?.Invoke(assumed, node) is { Length: > 0 } refusal)
        {
            FailBinding(info, assumed, "binding rejected: " + refusal, api);
            return;
        }

        var result = api.Write(new() { Verb = ApiVerb.Create, Kind = ApiKind.Of<Pod>(), Key = info.Key, Subresource = "binding", Object = assumed });
        _assumed.FinishBinding(info.Key, _now);
        if (result.Succeeded)
        {
            api.Record(ApiEvent.Normal(assumed, "Scheduled", $"Successfully assigned {info.Key} to {node}", Name));
        }
        else
        {
            FailBinding(info, assumed, $"binding rejected: running Bind plugin \"DefaultBinder\": {result.Status.Message}", api);
        }
    }

    /// <summary>The move request comes before the pod is put back: it goes to backoff.</summary>
    private void FailBinding(QueuedPodInfo info, Pod assumed, string error, IApiClient api)
    {
        Abandon(info, assumed);
        _queue.MoveAllToActiveOrBackoffQueue(ClusterEvent.AssignedPodDelete);
        HandleFailure(info, new(ReasonSchedulerError, error, NominatingInfo.Cleared, []), api);
    }

    private void GiveUp(QueuedPodInfo info, Pod assumed, Failure failure, IApiClient api)
    {
        Abandon(info, assumed);
        HandleFailure(info, failure, api);
    }

    /// <summary>The pod will not be bound there: gives back what was reserved, and what it takes of the node.</summary>
    private void Abandon(QueuedPodInfo info, Pod assumed)
    {
        _scheduler.Unreserve(info.Pod, assumed.Spec.NodeName);
        if (_assumed.Remove(info.Key) is not null)
        {
            Uncount(assumed);
        }
    }
}
