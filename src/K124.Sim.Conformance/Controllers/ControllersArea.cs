namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded syncs of the controllers, and whole clusters that converge.</summary>
internal static class ControllersArea
{
    // One line a verifier, each in a file of its own.
    public static Area Area { get; } = new(
        "controllers",
        [
            new FileVerifier("units-ranking", UnitCases.Ranking),
            new FileVerifier("units*", UnitCases.Verify),
            new FileVerifier("sync-replicaset", WorkloadCases.ReplicaSet),
            new FileVerifier("sync-replicationcontroller", WorkloadCases.ReplicationController),
            new FileVerifier("sync-deployment", WorkloadCases.Deployment),
        ]);
}
