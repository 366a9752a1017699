namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded syncs of the controllers, and whole clusters that converge.</summary>
internal static class ControllersArea
{
    // One line a verifier, each in a file of its own.
    public static Area Area { get; } = new(
        "controllers",
        [
            new FileVerifier("units-ranking", UnitCases.Ranking),
            new FileVerifier("units-hpa", ScalingCases.Verify),
            new FileVerifier("units*", UnitCases.Verify),
            new FileVerifier("sync-replicaset", WorkloadCases.ReplicaSet),
            new FileVerifier("sync-replicationcontroller", WorkloadCases.ReplicationController),
            new FileVerifier("sync-deployment", WorkloadCases.Deployment),
            new FileVerifier("sync-statefulset", WorkloadCases.StatefulSet),
            new FileVerifier("sync-daemonset", WorkloadCases.DaemonSet),
            new FileVerifier("sync-cronjob", WorkloadCases.CronJob),
            new FileVerifier("sync-disruption", PolicyCases.Disruption),
            new FileVerifier("sync-resourcequota", PolicyCases.ResourceQuota),
            new FileVerifier("sync-podgc", PolicyCases.PodGC),
            new FileVerifier("sync-namespace", NamespaceCases.Verify),
            new FileVerifier("sync-garbagecollector", CollectorCases.Verify),
            new FileVerifier("sync-endpointslice", EndpointsCases.EndpointSlices),
            new FileVerifier("sync-endpoints", EndpointsCases.Endpoints),
            new FileVerifier("sequence-nodelifecycle", NodeLifecycleCases.Verify),
            new FileVerifier("converge*", ConvergeCases.Verify),
        ]);
}
