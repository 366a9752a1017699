using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The pending pods that preemption has made room for, by node.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/queue (nominator).</remarks>
internal sealed class Nominations
{
    private readonly Dictionary<int, List<PodEntry>> _byRow = [];
    private readonly Dictionary<ObjectKey, PodEntry> _byPod = [];

    public bool IsEmpty => _byPod.Count == 0;

    /// <summary>Nominates a pod, in place of any earlier nomination of it.</summary>
    public void Add(PodEntry entry)
    {
        var key = ObjectKey.Of(entry.Pod);
        Remove(key);
        _byPod.Add(key, entry);
        if (!_byRow.TryGetValue(entry.Row, out var pods))
        {
            _byRow.Add(entry.Row, pods = []);
        }

        pods.Add(entry);
    }

    public void Remove(ObjectKey pod)
    {
        if (_byPod.Remove(pod, out var entry))
        {
            _byRow[entry.Row].Remove(entry);
        }
    }

    /// <summary>Pods nominated to a node that an incoming pod has to leave room for: of its priority or above, and not itself.</summary>
    public List<PodEntry>? Before(Pod incoming, int row)
    {
        if (IsEmpty || !_byRow.TryGetValue(row, out var nominated))
        {
            return null;
        }

        var priority = incoming.Spec.Priority ?? 0;
        var before = nominated.FindAll(entry => entry.Priority >= priority && !IsSame(entry.Pod, incoming));
        return before.Count == 0 ? null : before;
    }

    /// <summary>Pods nominated to a node whose priority is lower than the given pod's.</summary>
    public IEnumerable<Pod> Below(Pod pod, int row) => _byRow.TryGetValue(row, out var nominated)
        ? nominated.Where(entry => entry.Priority < (pod.Spec.Priority ?? 0)).Select(static entry => entry.Pod)
        : [];

    private static bool IsSame(Pod first, Pod second) => first.Metadata.Uid.Length > 0 || second.Metadata.Uid.Length > 0
        ? first.Metadata.Uid == second.Metadata.Uid
        : ObjectKey.Of(first) == ObjectKey.Of(second);
}
