using K124.Sim.Model;
using K124.Sim.Scheduling;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Scheduling;

public sealed class NominatedPodTests
{
    [Fact]
    public void Looking_at_a_node_with_a_nominated_pod_leaves_its_host_ports_in_use()
    {
        var holder = WithHostPort("holder") with { Spec = WithHostPort("holder").Spec with { NodeName = "a" } };
        var scheduler = new Scheduler(Cluster.Of(NodeOf("a"), holder));
        scheduler.Nominate(WithHostPort("nominated"), "a");
        Assert.True(scheduler.Schedule(PodOf("other")).IsScheduled);
        scheduler.ClearNomination(new("default", "nominated"));
        Assert.False(scheduler.Schedule(WithHostPort("wants-the-port")).IsScheduled);
    }

    [Fact]
    public void Room_is_left_for_a_nominated_pod_of_the_same_priority_but_not_of_a_lower_one()
    {
        var scheduler = new Scheduler(Cluster.Of(NodeOf("a", cpu: "2")));
        scheduler.Nominate(PodOf("nominated", "2", priority: 5), "a");
        Assert.False(scheduler.Schedule(PodOf("same", priority: 5)).IsScheduled);
        Assert.True(scheduler.Schedule(PodOf("higher", priority: 6)).IsScheduled);
        Assert.True(scheduler.Schedule(PodOf("nominated", "2", priority: 5)).IsScheduled);
        scheduler.ClearNomination(new("default", "nominated"));
        Assert.True(scheduler.Schedule(PodOf("same", priority: 5)).IsScheduled);
    }

    [Fact]
    public void Assuming_a_nominated_pod_ends_its_nomination()
    {
        var scheduler = new Scheduler(Cluster.Of(NodeOf("a", cpu: "2"), NodeOf("b", cpu: "2")));
        var nominated = PodOf("nominated", "2", priority: 5);
        scheduler.Nominate(nominated, "a");
        scheduler.Assume(nominated, "b");
        Assert.Equal("a", scheduler.Schedule(PodOf("other", "2")).NodeName);
    }

    private static Pod WithHostPort(string name)
    {
        var pod = PodOf(name, "0", "0");
        return pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Ports = [new() { Port = 80, HostPort = 80 }] }] } };
    }
}
