namespace K124.Sim.Conformance.Jobs;

/// <summary>Recorded cases of the Job controller, the Job API and the TTL controller.</summary>
internal static class JobsArea
{
    public static Area Area { get; } = new(
        "jobs",
        [
            new FileVerifier("sync*", static testCase => CaseOutcome.Of(JobCases.SyncDifferences(testCase.Json, ReleaseOf(testCase.File.Stem)))),
            new FileVerifier("scenarios*", static testCase => CaseOutcome.Of(JobCases.ScenarioDifferences(testCase.Json, ReleaseOf(testCase.File.Stem)))),
            new FileVerifier("units*", static testCase => CaseOutcome.Of(JobCases.UnitDifferences(testCase.Json))),
            new FileVerifier("api*", static testCase => CaseOutcome.Of(JobCases.ApiDifferences(testCase.Json))),
            new FileVerifier("ttl*", static testCase => CaseOutcome.Of(JobCases.TtlDifferences(testCase.Json))),
        ]);

    /// <summary>The recordings come from 1.24.0; the files of the later deadline timer show the series after its fix.</summary>
    private static KubernetesRelease ReleaseOf(string stem) =>
        stem.Contains("deadline-rearm", StringComparison.Ordinal) ? KubernetesRelease.Newest : KubernetesRelease.OfPatch(0);
}
