using K124.Sim.Planning.Internal;

namespace K124.Sim.Planning;

/// <summary>Answers capacity questions over a cluster: how many fit, where pods go, what stops them.</summary>
/// <remarks>Each answer comes from placing pods one by one as the scheduler of Kubernetes 1.24 does. The cluster is taken in at the first question; each
/// question then works on a fork of what is known, so that answers do not depend on what was asked before. Not thread-safe.</remarks>
public sealed partial class CapacityPlanner
{
    private readonly Cluster _cluster;
    private readonly CapacityPlannerOptions _options;
    private PlanningWorld? _world;
    private PodAdmission? _probes;

    /// <summary>Takes the cluster to plan for.</summary>
    /// <param name="cluster">The cluster; it is not changed.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public CapacityPlanner(Cluster cluster, CapacityPlannerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _cluster = cluster;
        _options = options ?? new();
    }

    private PlanningWorld World => _world ??= new(_cluster, _options.Scheduler);
}
