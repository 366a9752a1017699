using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>Nodes, and the pods on them, as the scheduler's cache holds them.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/cache. Pods that have succeeded or failed are not there, nor are pods on
/// nodes that are gone.</remarks>
internal sealed class SchedulerState
{
    private readonly Dictionary<ObjectKey, PodEntry> _placed = [];

    public SchedulerState(Cluster cluster, int pluginCount)
    {
        Cluster = cluster;
        Nodes = new([.. cluster.Nodes], Resources);
        Topology = new(Nodes.Nodes);
        Population = new(Nodes, Topology, cluster.Namespaces);
        Classes = new(Resources, Population, pluginCount);
        foreach (var pod in cluster.Pods)
        {
            Read(pod);
        }
    }

    public Cluster Cluster { get; }

    public ResourceNames Resources { get; } = new();

    public NodeTable Nodes { get; }

    public Topology Topology { get; }

    public Population Population { get; }

    public PodClasses Classes { get; }

    public Nominations Nominations { get; } = new();

    public bool IsPlaced(ObjectKey pod) => _placed.ContainsKey(pod);

    public void Add(PodEntry entry)
    {
        _placed.Add(ObjectKey.Of(entry.Pod), entry);
        Nodes.Place(entry);
        Population.Count(entry, 1);
    }

    /// <summary>Takes a pod off its node; the node's last pod fills its place.</summary>
    /// <returns>The pod, or null if it is on no node.</returns>
    public PodEntry? Remove(ObjectKey pod)
    {
        if (!_placed.Remove(pod, out var entry))
        {
            return null;
        }

        Nodes.Displace(entry);
        Population.Count(entry, -1);
        return entry;
    }

    private void Read(Pod pod)
    {
        if (pod.Status.Phase is "Succeeded" or "Failed")
        {
            return;
        }

        var nodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : pod.Status.NominatedNodeName;
        var row = nodeName.Length > 0 ? Nodes.Find(nodeName) : -1;
        if (row < 0)
        {
            return;
        }

        var entry = new PodEntry(pod, Classes.OfPlaced(pod), row);
        if (pod.Spec.NodeName.Length > 0)
        {
            Add(entry);
        }
        else
        {
            Nominations.Add(entry);
        }
    }
}
