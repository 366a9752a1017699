using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.State;

/// <summary>The pending pods that preemption has made room for, by node; pods are named by id.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/queue (nominator).</remarks>
internal sealed class Nominations(PodTable pods, Ownership ownership)
{
    private Dictionary<int, List<int>> _byRow = [];
    private Dictionary<ObjectKey, int> _byPod = [];
    private object _owner = ownership.Token;

    public bool IsEmpty => _byPod.Count == 0;

    /// <summary>Rows with nominations.</summary>
    public Dictionary<int, List<int>>.KeyCollection Rows => _byRow.Keys;

    /// <summary>The same nominations of the pods in another table, which changes of these do not touch.</summary>
    public Nominations Fork(PodTable others, Ownership ownership) => new(others, ownership) { _byRow = _byRow, _byPod = _byPod, _owner = _owner };

    /// <summary>The nominated pod's id, or -1.</summary>
    public int Find(ObjectKey pod) => _byPod.GetValueOrDefault(pod, -1);

    public bool Has(int row) => _byRow.ContainsKey(row);

    /// <summary>Whether a nominated pod uses a claim.</summary>
    public bool UseClaim(ObjectKey claim)
    {
        foreach (var (key, id) in _byPod)
        {
            if (key.Namespace != claim.Namespace)
            {
                continue;
            }

            var pod = pods[id].Pod;
            foreach (var volume in pod.Spec.Volumes)
            {
                if (Claims.NameOf(pod, volume) == claim.Name)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Nominates a pod that is not nominated.</summary>
    /// <param name="id">The pod; it carries the row.</param>
    /// <param name="index">Place among the node's nominations; the last one if negative.</param>
    public void Add(int id, int index = -1)
    {
        Own();
        ref readonly var pod = ref pods[id];
        _byPod.Add(ObjectKey.Of(pod.Pod), id);
        if (!_byRow.TryGetValue(pod.Row, out var ids))
        {
            _byRow.Add(pod.Row, ids = []);
        }

        ids.Insert(index < 0 ? ids.Count : index, id);
    }

    /// <summary>Drops the nomination of a pod that has one.</summary>
    /// <returns>Its place among the node's nominations.</returns>
    public int Remove(int id)
    {
        Own();
        ref readonly var pod = ref pods[id];
        _byPod.Remove(ObjectKey.Of(pod.Pod));
        var ids = _byRow[pod.Row];
        var index = ids.IndexOf(id);
        ids.RemoveAt(index);
        if (ids.Count == 0)
        {
            _byRow.Remove(pod.Row);
        }

        return index;
    }

    /// <summary>Pods nominated to a node that an incoming pod has to leave room for: of its priority or above, and not itself.</summary>
    public List<int>? Before(Pod incoming, int row)
    {
        if (IsEmpty || !_byRow.TryGetValue(row, out var nominated))
        {
            return null;
        }

        List<int>? before = null;
        var priority = incoming.Spec.Priority ?? 0;
        foreach (var id in nominated)
        {
            if (pods[id].Priority >= priority && !IsSame(pods[id].Pod, incoming))
            {
                (before ??= []).Add(id);
            }
        }

        return before;
    }

    /// <summary>Pods nominated to a node whose priority is lower than the given pod's.</summary>
    public IEnumerable<Pod> Below(Pod pod, int row) => _byRow.TryGetValue(row, out var nominated)
        ? nominated.Where(id => pods[id].Priority < (pod.Spec.Priority ?? 0)).Select(id => pods[id].Pod)
        : [];

    private void Own()
    {
        if (!ReferenceEquals(_owner, ownership.Token))
        {
            _byRow = _byRow.ToDictionary(static nominated => nominated.Key, static nominated => new List<int>(nominated.Value));
            _byPod = new(_byPod);
            _owner = ownership.Token;
        }
    }

    private static bool IsSame(Pod first, Pod second) => first.Metadata.Uid.Length > 0 || second.Metadata.Uid.Length > 0
        ? first.Metadata.Uid == second.Metadata.Uid
        : ObjectKey.Of(first) == ObjectKey.Of(second);
}
