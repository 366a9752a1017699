using FsCheck.Xunit;
using K124.Sim.Tests.Scheduling.Guard;
using static K124.Sim.Tests.Scheduling.Guard.CaseRunner;

namespace K124.Sim.Tests.Scheduling;

/// <summary>Holds the scheduler equal to the reference over long sequences of operations.</summary>
public sealed class SchedulerReferenceTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 3_000, QuietOnSuccess = true)]
    public void Scheduler_equals_the_reference_on_small_clusters(CaseSeed seed) => Check(SchedulerCases.Small(seed.Value));

    [Fact]
    public void Generator_reaches_the_hard_cases()
    {
        var tally = new Tally();
        Enumerable.Range(0, 150).ToList().ForEach(seed => Check(SchedulerCases.Small(seed), tally));
        output.WriteLine(string.Join("\n", tally.Seen));
        string[] required =
        [
            "Scheduled", "Unschedulable", "Error", "Preemption Nominated", "Preemption NoCandidates", "Preemption Ineligible", "NodeUnschedulable", "TaintToleration",
            "NodeAffinity", "NodePorts", "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity", "Ties", "Several candidates", "Budget violations", "Cleared nominations",
            "Scores of TaintToleration", "Scores of NodeAffinity", "Scores of NodeResourcesFit", "Scores of PodTopologySpread", "Scores of InterPodAffinity",
            "Scores of NodeResourcesBalancedAllocation", "Scores of ImageLocality",
        ];
        Assert.Empty(required.Except(tally.Seen.Keys));
    }
}
