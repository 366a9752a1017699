using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Planning;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class FitTests
{
    [Fact]
    public void Replicas_fill_the_nodes_and_the_next_one_says_why_it_does_not_fit()
    {
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a"), NodeOf("b", cpu: "2"), PodOf("x", node: "b"))).Fit(PodOf("web"));
        Assert.Equal(5, plan.Replicas);
        Assert.Equal([new("a", 4), new("b", 1)], plan.Nodes.ToArray());
        Assert.Equal(
            "0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.",
            plan.Next!.Message);
        Assert.Equal([new("Insufficient cpu", 2)], plan.Next.Reasons.ToArray());
    }

    [Fact]
    public void Utilization_tells_before_and_after()
    {
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a"), PodOf("x", node: "a"))).Fit(PodOf("web"), maxReplicas: 2);
        Assert.Null(plan.Next);
        var node = Assert.Single(plan.Utilization);
        Assert.Equal(
            [new("cpu", 4000, 1000, 3000), new("memory", 8L << 30, 1L << 30, 3L << 30), new("pods", 110, 1, 3)],
            node.Resources.ToArray());
        Assert.Equal(0.75, node.Resources[0].ShareAfter);
    }

    [Fact]
    public void Names_of_pods_that_are_there_are_passed_over()
    {
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a"), PodOf("web-1", node: "a"))).Fit(PodOf("web"));
        Assert.Equal(3, plan.Replicas);
    }

    [Fact]
    public void Empty_cluster_takes_nothing()
    {
        var plan = new CapacityPlanner(Cluster.Empty).Fit(PodOf("web"));
        Assert.Equal(0, plan.Replicas);
        Assert.Equal("no nodes available to schedule pods", plan.Next!.Message);
    }

    [Fact]
    public void Limits_count_as_requests_that_are_missing()
    {
        var pod = PodOf("web") with
        {
            Spec = new() { Containers = [new() { Name = "c", Resources = new() { Limits = StringMap.Of(("cpu", Quantity.Parse("2"))) } }] },
        };
        Assert.Equal(2, new CapacityPlanner(Cluster.Of(NodeOf("a"))).Fit(pod).Replicas);
    }

    [Fact]
    public void Ports_of_the_host_network_are_taken_once_a_node()
    {
        var pod = PodOf("web") with { Spec = SpecOf("0", "0") with { HostNetwork = true, Containers = [new() { Name = "c", Ports = [new() { Port = 80 }] }] } };
        Assert.Equal(2, new CapacityPlanner(Cluster.Of(NodeOf("a"), NodeOf("b"))).Fit(pod).Replicas);
    }

    [Fact]
    public void Overhead_of_the_runtime_class_counts()
    {
        var runtime = new RuntimeClass { Metadata = new() { Name = "vm" }, Handler = "kata", Overhead = new() { PodFixed = StringMap.Of(("cpu", Quantity.Parse("1"))) } };
        var pod = PodOf("web") with { Spec = SpecOf() with { RuntimeClassName = "vm" } };
        Assert.Equal(2, new CapacityPlanner(Cluster.Of(NodeOf("a"), runtime)).Fit(pod).Replicas);
    }

    [Theory]
    [InlineData("gone", null, "no PriorityClass with name gone was found")]
    [InlineData("", "gone", "RuntimeClass \"gone\" not found")]
    public void Pod_that_would_not_be_admitted_is_refused(string priorityClass, string? runtimeClass, string message)
    {
        var pod = PodOf("web") with { Spec = SpecOf() with { PriorityClassName = priorityClass, RuntimeClassName = runtimeClass } };
        var error = Assert.Throws<ArgumentException>(() => new CapacityPlanner(Cluster.Of(NodeOf("a"))).Fit(pod));
        Assert.Equal($"Pod default/web: {(runtimeClass is null ? "" : "pod rejected: ")}{message}", error.Message);
    }

    [Fact]
    public void Cancelled_plan_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new CapacityPlanner(Cluster.Of(NodeOf("a"))).Fit(PodOf("web"), cancellationToken: source.Token));
    }

    [Fact]
    public void A_bounded_fit_is_the_beginning_of_an_unbounded_one() =>
        Prop.ForAll(Clusters, Arb.From(Gen.Choose(0, 12)), static (cluster, max) =>
        {
            var whole = new CapacityPlanner(cluster).Fit(PodOf("web", "500m", "512Mi"));
            var part = new CapacityPlanner(cluster).Fit(PodOf("web", "500m", "512Mi"), max);
            return part.Replicas == Math.Min(max, whole.Replicas)
                && part.Nodes.All(node => whole.Nodes.Single(other => other.NodeName == node.NodeName).Replicas >= node.Replicas)
                && (part.Next is null) == (max <= whole.Replicas);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_greater_pod_never_fits_more_often() =>
        Prop.ForAll(Clusters, static cluster =>
            new CapacityPlanner(cluster).Fit(PodOf("web", "600m", "600Mi")).Replicas <= new CapacityPlanner(cluster).Fit(PodOf("web", "300m", "300Mi")).Replicas)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
