using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Whether a node that was added or changed could take a pod as things stand: what keeps an event from waking pods in vain.</summary>
/// <remarks>Looks at resources, node affinity, <c>spec.nodeName</c>, host ports and NoSchedule taints; not at cordons and NoExecute taints, nor
/// at what preemption could do. Pods with the same spec object are looked at once. Kubernetes 1.24 pkg/scheduler (preCheckForNode).</remarks>
public sealed class NodePreCheck
{
    private readonly Node _node;
    private readonly ResourceNames _resources = new(countsEphemeralStorage: true);
    private readonly HostPorts _ports = new();
    private readonly Dictionary<PodSpec, bool> _verdicts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, long> _requested = [];
    private readonly int _podCount;

    /// <summary>Takes in a node.</summary>
    /// <param name="node">The node as it is now.</param>
    /// <param name="pods">The pods on it that have not come to their end.</param>
    public NodePreCheck(Node node, IEnumerable<Pod> pods)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(pods);
        _node = node;
        foreach (var pod in pods)
        {
            _podCount++;
            _ports.Add(HostPorts.Of(pod));
            Count(PodRequests.Of(pod, _resources));
        }
    }

    /// <summary>Checks a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>True if the node could take it.</returns>
    public bool Admits(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (!_verdicts.TryGetValue(pod.Spec, out var admits))
        {
            _verdicts.Add(pod.Spec, admits = Check(pod));
        }

        return admits;
    }

    private bool Check(Pod pod) =>
        HasRoomFor(PodRequests.Of(pod, _resources))
        && new RequiredNodeAffinity(pod.Spec).Matches(_node)
        && (pod.Spec.NodeName.Length == 0 || pod.Spec.NodeName == _node.Metadata.Name)
        && !_ports.ConflictsWith(HostPorts.Of(pod))
        && ToleratesEveryNoScheduleTaint(pod.Spec);

    private bool HasRoomFor(PodRequests requests)
    {
        var allowedPods = _node.Status.Allocatable.TryGetValue(ResourceNames.PodsName, out var pods) ? pods.Value() : 0;
        if (_podCount + 1 > allowedPods)
        {
            return false;
        }

        if (requests.IsEmpty)
        {
            return true;
        }

        foreach (var (resource, amount) in requests.Scalars)
        {
            if (amount > Free(resource))
            {
                return false;
            }
        }

        return requests.CpuMilli <= Free(ResourceNames.Cpu)
            && requests.MemoryBytes <= Free(ResourceNames.Memory)
            && requests.EphemeralStorageBytes <= Free(ResourceNames.EphemeralStorage);
    }

    private long Free(int resource)
    {
        var name = _resources[resource];
        var allocatable = _node.Status.Allocatable.TryGetValue(name, out var quantity) ? PodRequests.AmountOf(name, quantity) : 0;
        return allocatable - _requested.GetValueOrDefault(resource);
    }

    private void Count(PodRequests requests)
    {
        Count(ResourceNames.Cpu, requests.CpuMilli);
        Count(ResourceNames.Memory, requests.MemoryBytes);
        Count(ResourceNames.EphemeralStorage, requests.EphemeralStorageBytes);
        foreach (var (resource, amount) in requests.Scalars)
        {
            Count(resource, amount);
        }
    }

    private void Count(int resource, long amount) => _requested[resource] = _requested.GetValueOrDefault(resource) + amount;

    private bool ToleratesEveryNoScheduleTaint(PodSpec spec)
    {
        foreach (var taint in _node.Spec.Taints)
        {
            if (taint.Effect == "NoSchedule" && !spec.Tolerations.Any(toleration => toleration.Tolerates(taint)))
            {
                return false;
            }
        }

        return true;
    }
}
