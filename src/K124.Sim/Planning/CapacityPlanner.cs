namespace K124.Sim.Planning;

/// <summary>Answers capacity questions over a cluster: how many fit, where pods go, what stops them.</summary>
/// <remarks>Each answer comes from placing pods one by one as the scheduler of Kubernetes 1.24 does.</remarks>
public sealed partial class CapacityPlanner
{
    private readonly Cluster _cluster;
    private readonly CapacityPlannerOptions _options;

    /// <summary>Takes the cluster to plan for.</summary>
    /// <param name="cluster">The cluster; it is not changed.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public CapacityPlanner(Cluster cluster, CapacityPlannerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _cluster = cluster;
        _options = options ?? new();
    }
}
