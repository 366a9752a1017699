namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Recorded cases of cluster-IP and node-port allocation.</summary>
internal static class ClusterIPArea
{
    public static Area Area { get; } = new(
        "clusterip",
        [
            new FileVerifier("ranges*", static testCase => RangeCases.VerifyRange(testCase.Json)),
            new FileVerifier("from-snapshot*", static testCase => RangeCases.VerifyFromSnapshot(testCase.Json)),
            new FileVerifier("sequences*", static testCase => SequenceCases.Verify(testCase.Json)),
            new FileVerifier("multi-apiserver*", static testCase => MultiServerCases.Verify(testCase.Json)),
            new FileVerifier("nodeport*", static testCase => NodePortCases.Verify(testCase.Json)),
            new FileVerifier("repair*", static testCase => RepairCases.Verify(testCase.Json)),
            new FileVerifier("service*", static testCase => ServiceCases.Verify(testCase.Json)),
        ]);
}
