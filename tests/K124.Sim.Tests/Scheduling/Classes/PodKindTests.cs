using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Tests.Scheduling.Classes;

public sealed class PodKindTests
{
    private const string PodName = "statefulset.kubernetes.io/pod-name";

    [Fact]
    public void A_label_that_no_selector_reads_tells_no_pods_apart_until_one_does()
    {
        var state = new SchedulerState(Cluster.Empty, new());
        Assert.Same(state.Classes.OfIncoming(PodOf("web-0")), state.Classes.OfIncoming(PodOf("web-1")));
        state.Apply(new Service { Metadata = new() { Name = "first", Namespace = "a" }, Spec = new() { Selector = StringMap.Of((PodName, "web-0")) } });
        Assert.NotSame(state.Classes.OfIncoming(PodOf("web-0")), state.Classes.OfIncoming(PodOf("web-1")));
    }

    [Fact]
    public void Pods_on_nodes_are_sorted_anew_when_an_incoming_pod_reads_a_label_of_theirs()
    {
        Node[] nodes = [.. Enumerable.Range(0, 2).Select(static i => new Node
        {
            Metadata = new() { Name = $"n{i}", Labels = StringMap.Of(("kubernetes.io/hostname", $"n{i}")) },
            Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.FromUnits(4)), ("memory", Quantity.FromUnits(1L << 34)), ("pods", Quantity.FromUnits(110))) },
        })];
        var scheduler = new Scheduler(Cluster.Of(nodes));
        scheduler.Assume(PodOf("web-0"), "n0");
        scheduler.Assume(PodOf("web-1"), "n1");
        var beside = PodOf("other") with
        {
            Spec = new()
            {
                Affinity = new()
                {
                    PodAffinity = new()
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = StringMap.Of((PodName, "web-1")) } }],
                    },
                },
            },
        };
        Assert.Equal("n1", scheduler.Schedule(beside).NodeName);
        scheduler.Forget(new("a", "web-1"));
        Assert.False(scheduler.Schedule(beside).IsScheduled);
    }

    [Fact]
    public void Kinds_of_pods_that_are_gone_are_let_go()
    {
        var state = new SchedulerState(Cluster.Empty, new());
        var first = new WeakReference(KindOf(state, 0));
        for (var i = 1; i < 40_000; i++)
        {
            KindOf(state, i);
        }

        GC.Collect();
        Assert.False(first.IsAlive);

        static PodKind KindOf(SchedulerState state, int i) => state.Classes.OfPlaced(new() { Metadata = new() { Namespace = $"ns{i}" } });
    }

    private static Pod PodOf(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = "a", Labels = StringMap.Of(("app", "web"), (PodName, name)) },
    };
}
