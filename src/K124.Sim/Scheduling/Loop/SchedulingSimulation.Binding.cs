using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

// From the choice of a node to a running pod.
public sealed partial class SchedulingSimulation
{
    private void Assume(QueuedPodInfo info, string node)
    {
        var pod = info.Pod;
        _queue.Nominator.Delete(pod);
        var assumed = pod with { Spec = pod.Spec with { NodeName = node } };
        _scheduler.Assume(assumed, node);
        _assumed.Assume(assumed);
        NoteOnNode(assumed);
        if (Reserve(pod, node) is { } reserveError)
        {
            Abandon(info, assumed);
            HandleFailure(info, new(SchedulingLogKind.Error, ReasonSchedulerError, reserveError, NominatingInfo.Cleared, []));
        }
        else if (Permit(pod, node) is { } rejection)
        {
            Abandon(info, assumed);
            HandleFailure(info, new(SchedulingLogKind.Unschedulable, ReasonUnschedulable, rejection, NominatingInfo.Cleared, []));
        }
        else if (_options.BindingLatency == TimeSpan.Zero)
        {
            Bind(info, assumed);
        }
        else
        {
            Push(Now + _options.BindingLatency, Machinery, () => Bind(info, assumed));
        }
    }

    private string? Reserve(Pod pod, string node) => _scheduler.ReserveError(pod, node) ?? _options.BindingSteps.Reserve(pod, node);

    private string? Permit(Pod pod, string node) => _scheduler.PermitRejection(pod, node) ?? _options.BindingSteps.Permit(pod, node);

    private void Bind(QueuedPodInfo info, Pod assumed)
    {
        var node = assumed.Spec.NodeName;
        var error = _options.BindingSteps.PreBind(info.Pod, node);
        if (error is null && PostBinding(assumed) is { } refusal)
        {
            error = $"binding rejected: running Bind plugin \"DefaultBinder\": {refusal}";
        }

        _assumed.FinishBinding(info.Key, Now);
        if (error is null)
        {
            Note(Attempt(info, SchedulingLogKind.Bound) with { Node = node });
            Record(assumed, "Normal", "Scheduled", "Binding", $"Successfully assigned {info.Key} to {node}");
            return;
        }

        // The move request comes before the pod is put back: it goes to backoff.
        Abandon(info, assumed);
        _queue.MoveAllToActiveOrBackoffQueue(ClusterEvent.AssignedPodDelete);
        HandleFailure(info, new(SchedulingLogKind.Error, ReasonSchedulerError, error, NominatingInfo.Cleared, []));
    }

    /// <summary>Asks the API server to bind; null if it does.</summary>
    private string? PostBinding(Pod assumed)
    {
        var key = ObjectKey.Of(assumed);
        if (Find(key) is not { } pod || pod.Metadata.Uid != assumed.Metadata.Uid)
        {
            return $"pods \"{key.Name}\" not found";
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            return $"pod {key.Name} is being deleted, cannot be assigned to a host";
        }

        if (pod.Spec.NodeName.Length > 0)
        {
            return $"pod {key.Name} is already assigned to node \"{pod.Spec.NodeName}\"";
        }

        if (_options.BindingSteps.Bind(pod, assumed.Spec.NodeName) is { } error)
        {
            return error;
        }

        Store(pod with
        {
            Spec = pod.Spec with { NodeName = assumed.Spec.NodeName },
            Status = PodConditions.With(pod.Status, new() { Type = "PodScheduled", Status = "True" }, WholeSecond(Now)),
        });
        Push(Now, Machinery, () => Start(assumed));
        return null;
    }

    /// <summary>The pod will not be bound there: gives back what was reserved, and what it takes of the node.</summary>
    private void Abandon(QueuedPodInfo info, Pod assumed)
    {
        _options.BindingSteps.Unreserve(info.Pod, assumed.Spec.NodeName);
        _scheduler.Unreserve(info.Pod, assumed.Spec.NodeName);
        if (_assumed.Remove(info.Key) is not null)
        {
            Uncount(assumed);
        }
    }

    /// <summary>The kubelet starts the pod.</summary>
    private void Start(Pod bound)
    {
        Change(bound, pod => pod with { Status = pod.Status with { Phase = "Running", StartTime = WholeSecond(Now) } });
        if (_options.RunDuration(bound) is { } duration)
        {
            Push(Now + duration, Machinery, () => Change(bound, static pod => pod with { Status = pod.Status with { Phase = "Succeeded" } }));
        }
    }
}
