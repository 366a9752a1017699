using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Tests.Scheduling.Algorithm;

public sealed class SpreadOverHostsTests
{
    private const int HostCount = 20;

    private static readonly StringMap<string> Web = StringMap.Of(("app", "web"));

    [Fact]
    public void A_host_that_goes_no_longer_holds_the_others_down_and_one_that_comes_does()
    {
        var empty = Host("closed") with { Spec = new() { Unschedulable = true } };
        var scheduler = new Scheduler(Cluster.Of([.. Enumerable.Range(1, HostCount).Select(static i => Host($"h{i}")), empty]));
        Assert.All(Enumerable.Range(1, HostCount), i => Assert.True(scheduler.Place(Pod(i)).IsScheduled));
        Assert.False(scheduler.Decide(Pod(0)).IsScheduled);

        scheduler.Delete(ApiKind.Find("v1", "Node")!, ObjectKey.Of(empty));
        Assert.True(scheduler.Decide(Pod(0)).IsScheduled);

        scheduler.Apply(empty);
        Assert.False(scheduler.Decide(Pod(0)).IsScheduled);
    }

    private static Node Host(string name) => new()
    {
        Metadata = new() { Name = name, Labels = StringMap.Of(("kubernetes.io/hostname", name)) },
        Status = new() { Allocatable = StringMap.Of(("pods", Quantity.Parse("10"))) },
    };

    private static Pod Pod(int i) => new()
    {
        Metadata = new() { Name = $"p{i}", Namespace = "default", Labels = Web },
        Spec = new()
        {
            TopologySpreadConstraints = [new() { MaxSkew = 1, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = new() { MatchLabels = Web } }],
        },
    };
}
