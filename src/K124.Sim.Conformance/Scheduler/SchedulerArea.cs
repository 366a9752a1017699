namespace K124.Sim.Conformance.Scheduler;

/// <summary>Recorded scheduling decisions.</summary>
internal static class SchedulerArea
{
    public static Area Area { get; } = new(
        "scheduler",
        [
            new FileVerifier("edge*", static testCase => SchedulerCases.Verify(testCase.Json)),
            new FileVerifier("snapshot*", static testCase => SchedulerCases.Verify(testCase.Json)),
            new FileVerifier("preemption*", static testCase => SchedulerCases.Verify(testCase.Json)),
            new FileVerifier("workload*", static testCase => SchedulerCases.Verify(testCase.Json)),
            new FileVerifier("seq-*", static testCase => SchedulerCases.Verify(testCase.Json)),
        ]);
}
