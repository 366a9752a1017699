using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>A cluster that is ready for questions: settled, with a scheduler that knows it. Each question gets a fork, so that none sees what another did.</summary>
internal sealed class PlanningWorld
{
    private readonly Scheduler _scheduler;
    private readonly Lazy<ILookup<string, Pod>> _podsByNode;

    public PlanningWorld(Cluster cluster, SchedulerOptions options)
    {
        Given = cluster;
        Options = options;
        Settled = SettledCluster.Of(cluster, []);
        Owners = new(Settled.Cluster);
        _scheduler = new(Settled.Cluster, options);
        _podsByNode = new(() => Settled.Cluster.Pods.ToLookup(static pod => pod.Spec.NodeName, StringComparer.Ordinal));
        var daemons = DaemonGaps.Of(Settled.Cluster, [], Owners, new(Settled.Cluster), new(Settled.Cluster), takesPending: true);
        Warm = _scheduler.Fork();
        DaemonNotices = [.. daemons.Fill(Warm)];
    }

    /// <summary>The cluster as it was handed over.</summary>
    public Cluster Given { get; }

    public SchedulerOptions Options { get; }

    public SettledCluster Settled { get; }

    public Cluster Cluster => Settled.Cluster;

    public Owners Owners { get; }

    /// <summary>What was done for the DaemonSets of the cluster, one sentence each.</summary>
    public IReadOnlyList<string> DaemonNotices { get; }

    /// <summary>A scheduler with all that is there, and the pods that DaemonSets lack. Whoever changes it takes the change back.</summary>
    public Scheduler Warm { get; }

    /// <summary>The pods on a node, in the order of the cluster.</summary>
    public IEnumerable<Pod> PodsOn(string node) => _podsByNode.Value[node];

    /// <summary>A scheduler of its own, with the pods that DaemonSets lack.</summary>
    public Scheduler Fork() => Warm.Fork();

    /// <summary>A scheduler of its own, for a cluster that grew out of this one; pods that DaemonSets lack are not there yet.</summary>
    public Scheduler Fork(Cluster cluster)
    {
        var scheduler = _scheduler.Fork();
        var (changed, gone) = cluster.ChangesSince(Cluster);
        foreach (var (kind, key) in gone)
        {
            scheduler.Delete(kind, key);
        }

        foreach (var item in changed)
        {
            scheduler.Apply(item);
        }

        return scheduler;
    }

    /// <summary>Asks the warm scheduler something, and takes back what that changed.</summary>
    public T Ask<T>(Func<Scheduler, T> question)
    {
        using var checkpoint = Warm.Checkpoint();
        try
        {
            return question(Warm);
        }
        finally
        {
            Warm.Rollback(checkpoint);
        }
    }
}
