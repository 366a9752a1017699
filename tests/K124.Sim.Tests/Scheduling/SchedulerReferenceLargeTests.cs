using FsCheck.Xunit;
using K124.Sim.Tests.Scheduling.Guard;

namespace K124.Sim.Tests.Scheduling;

/// <summary>Holds the scheduler equal to the reference where a search does not look at every node.</summary>
public sealed class SchedulerReferenceLargeTests
{
    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 80, QuietOnSuccess = true)]
    public void Scheduler_equals_the_reference_on_large_clusters(CaseSeed seed) => CaseRunner.Check(SchedulerCases.Large(seed.Value));

    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 5, QuietOnSuccess = true)]
    public void Scheduler_equals_the_reference_on_thousands_of_nodes(CaseSeed seed) => CaseRunner.Check(SchedulerCases.Huge(seed.Value));
}
