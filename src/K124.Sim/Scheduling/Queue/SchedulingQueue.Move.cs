using K124.Sim.Model;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Queue;

// What events do to the queue.
public sealed partial class SchedulingQueue
{
    private readonly List<QueuedPodInfo> _found = [];

    /// <summary>Lets the pods that an event concerns be tried again: at once, or when their backoff ends.</summary>
    /// <param name="clusterEvent">What happened.</param>
    /// <param name="preCheck">Says which pods it can help; null for all.</param>
    public void MoveAllToActiveOrBackoffQueue(ClusterEvent clusterEvent, Func<Pod, bool>? preCheck = null)
    {
        _found.Clear();
        _unschedulable.Collect(clusterEvent, _options.Events, onlyWithRequiredPodAffinity: false, _found);
        if (preCheck is not null)
        {
            _found.RemoveAll(info => !preCheck(info.Pod));
        }

        MoveFound();
    }

    /// <summary>A pod was placed: lets the pods be tried again that require to be near it.</summary>
    /// <param name="pod">The pod, with its node.</param>
    /// <param name="namespaceLabels">Labels of its namespace.</param>
    public void AssignedPodAdded(Pod pod, StringMap<string> namespaceLabels) => MoveNear(pod, namespaceLabels, ClusterEvent.AssignedPodAdd);

    /// <summary>A placed pod has changed: lets the pods be tried again that require to be near it.</summary>
    /// <param name="pod">The pod as it is now.</param>
    /// <param name="namespaceLabels">Labels of its namespace.</param>
    public void AssignedPodUpdated(Pod pod, StringMap<string> namespaceLabels) => MoveNear(pod, namespaceLabels, ClusterEvent.AssignedPodUpdate);

    private void MoveNear(Pod pod, StringMap<string> namespaceLabels, ClusterEvent clusterEvent)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(namespaceLabels);
        _found.Clear();
        _unschedulable.Collect(clusterEvent, _options.Events, onlyWithRequiredPodAffinity: true, _found);
        if (_found.Count > 0)
        {
            KeepNear(new(-1, pod.Metadata.Namespace, pod.Metadata.Labels, isTerminating: false), namespaceLabels);
        }

        MoveFound();
    }

    private void KeepNear(LabelClass labels, StringMap<string> namespaceLabels) => _found.RemoveAll(info => !info.RequiresAffinityTo(labels, namespaceLabels));

    /// <summary>Every move request counts for the cycle numbers, even one that moves nothing.</summary>
    private void MoveFound()
    {
        foreach (var info in _found)
        {
            Take(info);
            PutActiveOrBackoff(info);
        }

        _found.Clear();
        MoveRequestCycle = SchedulingCycle;
    }
}
