using K124.Sim.Model;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Which pending pods are nominated to which node, as the scheduler holds it in memory.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/queue (nominator). A pod is known by its uid; one without a uid by namespace and name.</remarks>
public sealed class Nominator
{
    private readonly Dictionary<string, Entry> _byPod = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _byNode = new(StringComparer.Ordinal);
    private readonly Func<ObjectKey, Pod?>? _findPod;
    private readonly INominationObserver? _observer;

    /// <summary>Creates an empty nominator.</summary>
    /// <param name="findPod">Reads a pod from the API: a pod that is gone or has a node is not nominated. Null to nominate without asking.</param>
    /// <param name="observer">Is told of each change; may be null.</param>
    public Nominator(Func<ObjectKey, Pod?>? findPod = null, INominationObserver? observer = null)
    {
        _findPod = findPod;
        _observer = observer;
    }

    /// <summary>The node that a pod is nominated to.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>Name of the node; empty if the nomination was dropped by an override; null if nothing is known of the pod.</returns>
    public string? NodeOf(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return _byPod.TryGetValue(Identity(pod), out var entry) ? entry.NodeName : null;
    }

    /// <summary>The pods nominated to a node, in the order of nomination.</summary>
    /// <param name="nodeName">Name of the node.</param>
    /// <returns>The pods.</returns>
    public IReadOnlyList<Pod> PodsOn(string nodeName)
    {
        ArgumentNullException.ThrowIfNull(nodeName);
        return _byNode.TryGetValue(nodeName, out var entries) ? [.. entries.Select(static entry => entry.Pod)] : [];
    }

    /// <summary>Nominates a pod in place of any earlier nomination.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="info">The node; if it is left unchanged, the pod's status says which, and an empty one there nominates nothing.</param>
    public void Add(Pod pod, NominatingInfo info = default)
    {
        ArgumentNullException.ThrowIfNull(pod);
        Delete(pod);
        var nodeName = info.NodeName ?? pod.Status.NominatedNodeName;
        if ((!info.IsOverride && nodeName.Length == 0) || IsGoneOrBound(pod))
        {
            return;
        }

        var entry = new Entry(pod, nodeName);
        _byPod.Add(Identity(pod), entry);
        if (nodeName.Length == 0)
        {
            return;
        }

        if (!_byNode.TryGetValue(nodeName, out var entries))
        {
            _byNode.Add(nodeName, entries = []);
        }

        entries.Add(entry);
        _observer?.Nominated(pod, nodeName);
    }

    /// <summary>Follows a change of a pod.</summary>
    /// <param name="oldPod">The pod before.</param>
    /// <param name="newPod">The pod now. If neither status names a node, a nomination in memory stays; else the new status decides.</param>
    public void Update(Pod oldPod, Pod newPod)
    {
        ArgumentNullException.ThrowIfNull(oldPod);
        ArgumentNullException.ThrowIfNull(newPod);
        var info = NominatingInfo.Unchanged;
        if (oldPod.Status.NominatedNodeName.Length == 0 && newPod.Status.NominatedNodeName.Length == 0 && NodeOf(oldPod) is { } inMemory)
        {
            info = inMemory.Length == 0 ? NominatingInfo.Cleared : NominatingInfo.To(inMemory);
        }

        Delete(oldPod);
        Add(newPod, info);
    }

    /// <summary>Drops the nomination of a pod, if it has one.</summary>
    /// <param name="pod">The pod.</param>
    public void Delete(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (!_byPod.Remove(Identity(pod), out var entry) || entry.NodeName.Length == 0)
        {
            return;
        }

        var entries = _byNode[entry.NodeName];
        entries.Remove(entry);
        if (entries.Count == 0)
        {
            _byNode.Remove(entry.NodeName);
        }

        _observer?.NominationCleared(entry.Pod);
    }

    /// <summary>The same nominations with another reader and observer; the observer is told of none of them.</summary>
    internal Nominator Fork(Func<ObjectKey, Pod?>? findPod, INominationObserver? observer)
    {
        var fork = new Nominator(findPod, observer);
        foreach (var (identity, entry) in _byPod)
        {
            fork._byPod.Add(identity, entry);
        }

        foreach (var (node, entries) in _byNode)
        {
            fork._byNode.Add(node, [.. entries]);
        }

        return fork;
    }

    private static string Identity(Pod pod) => pod.Metadata.Uid.Length > 0 ? pod.Metadata.Uid : ObjectKey.Of(pod).ToString();

    private bool IsGoneOrBound(Pod pod) =>
        _findPod is not null && (_findPod(ObjectKey.Of(pod)) is not { } current || current.Spec.NodeName.Length > 0);

    private sealed class Entry(Pod pod, string nodeName)
    {
        public Pod Pod { get; } = pod;

        public string NodeName { get; } = nodeName;
    }
}
