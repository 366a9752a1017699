using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Room;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class RoomTests
{
    [Fact]
    public void Headroom_is_what_fits() => Prop.ForAll(Clusters, static cluster =>
    {
        var planner = new CapacityPlanner(cluster);
        foreach (var pod in (Pod[])[PodOf("x"), PodOf("y", cpu: "250m", memory: "0"), PodOf("z", cpu: "0", memory: "0")])
        {
            Assert.Equal(planner.Fit(pod).Replicas, planner.Headroom([pod]).Shapes[0].Units);
            Assert.Equal(planner.Fit(pod).Replicas > 0, planner.Probe(pod).IsScheduled);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Headroom_tells_what_binds()
    {
        var cluster = Cluster.Of(NodeOf("a"), NodeOf("b"), NodeOf("c", cpu: "8", memory: "4Gi"), PodOf("p", cpu: "1500m", memory: "1Gi", node: "a"));
        var shape = new CapacityPlanner(cluster).Headroom([PodOf("x")]).Shapes[0];
        Assert.Equal(10, shape.Units);
        Assert.Equal([new(new("4 cpu, 8Gi", 2), 6, 2, "cpu", 500, ""), new(new("8 cpu, 4Gi", 1), 4, 1, "memory", 1L << 30, "")], shape.Classes.ToArray());
    }

    [Fact]
    public void Room_that_no_pending_pod_can_use_is_stranded()
    {
        var cluster = Cluster.Of(NodeOf("a"), NodeOf("b"), PodOf("p", cpu: "3500m", memory: "1Gi", node: "a"), PodOf("waiting"));
        var plan = new CapacityPlanner(cluster).Fragmentation();
        Assert.Equal(ShapeSource.Pending, plan.Source);
        Assert.Equal(1, plan.Classes[0].NodesWithoutUse);
        Assert.Equal(new("cpu", 8000, 4500, 500), plan.Total[0]);
        Assert.Equal(new("memory", 16L << 30, 15L << 30, 11L << 30), plan.Total[1]);
    }
}
