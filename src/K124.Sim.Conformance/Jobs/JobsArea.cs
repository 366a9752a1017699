namespace K124.Sim.Conformance.Jobs;

/// <summary>Recorded cases of the Job controller, the Job API and the TTL controller.</summary>
internal static class JobsArea
{
    public static Area Area { get; } = new(
        "jobs",
        [
            new FileVerifier("sync*", static testCase => CaseOutcome.Of(JobCases.SyncDifferences(testCase.Json, JobCases.ReleaseOf(testCase.File.Stem, testCase.Json)))),
            new FileVerifier("scenarios*", static testCase => CaseOutcome.Of(JobCases.ScenarioDifferences(testCase.Json, JobCases.ReleaseOf(testCase.File.Stem, testCase.Json)))),
            new FileVerifier("units*", static testCase => CaseOutcome.Of(JobCases.UnitDifferences(testCase.Json))),
            new FileVerifier("api*", static testCase => CaseOutcome.Of(JobCases.ApiDifferences(testCase.Json))),
            new FileVerifier("ttl*", static testCase => CaseOutcome.Of(JobCases.TtlDifferences(testCase.Json))),
        ]);
}
