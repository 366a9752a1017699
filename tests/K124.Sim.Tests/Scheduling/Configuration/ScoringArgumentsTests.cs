using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Scheduling.Configuration;

public sealed class ScoringArgumentsTests
{
    private static readonly ProfilePlugins Plugins = SchedulerProfile.Default.Plugins;

    [Theory]
    [InlineData(ScoringStrategyType.LeastAllocated, 3, 1, 70)] // cpu (4000 - 1000) * 100 / 4000 = 75, memory 57: (3 * 75 + 57) / 4
    [InlineData(ScoringStrategyType.MostAllocated, 3, 1, 29)] // cpu 25, memory 42
    [InlineData(ScoringStrategyType.LeastAllocated, 1, 1, 66)]
    [InlineData(ScoringStrategyType.MostAllocated, 1, 1, 33)]
    public void Room_is_scored_by_resource_and_weight(ScoringStrategyType type, int cpuWeight, int memoryWeight, int expected) =>
        Assert.Equal(expected, FitScore(new() { Type = type, Resources = [new("cpu", cpuWeight), new("memory", memoryWeight)] }));

    [Fact]
    public void Node_beyond_its_room_counts_as_full()
    {
        // Pods without requests are taken to ask for something: forty of them ask for all the cpu of a node, and then the pod comes.
        Pod Bare(string name, string node) => PodOf(name, node: node) with { Spec = new() { NodeName = node, Containers = [new() { Name = "c" }] } };
        var profile = SchedulerProfile.Default with { NodeResourcesFitArgs = new() { ScoringStrategy = new() { Type = ScoringStrategyType.MostAllocated, Resources = [new("cpu")] } } };
        var cluster = Cluster.Of([.. Nodes, .. Enumerable.Range(0, 40).Select(i => Bare($"p{i}", "a"))]);
        Assert.Equal(100, new Scheduler(cluster, With(profile)).Explain(Bare("p", "")).Scores.Single(static node => node.NodeName == "a").Plugins.Single(static score => score.Plugin == "NodeResourcesFit").Score);
    }

    [Fact]
    public void Shape_is_a_line_between_its_points_and_resources_at_0_do_not_count()
    {
        // cpu is at 25 %: 10 * 25 / 50 = 5 of 10. Memory at 42 % would be at 8.4, in tenths rounded towards 0.
        Assert.Equal(50, FitScore(Ratio([new("cpu")], new(0, 0), new(50, 10))));
        Assert.Equal(67, FitScore(Ratio([new("cpu"), new("memory")], new(0, 0), new(50, 10))));
        Assert.Equal(80, FitScore(Ratio([new("cpu", 5), new("memory")], new(26, 0), new(46, 10))));
        Assert.Equal(30, FitScore(Ratio([new("cpu")], new(20, 3), new(21, 3))));
    }

    [Fact]
    public void Balance_looks_at_the_configured_resources()
    {
        long Balance(params ResourceSpec[] resources) => Score(
            SchedulerProfile.Default with { NodeResourcesBalancedAllocationArgs = new() { Resources = [.. resources] } }, "NodeResourcesBalancedAllocation", Gpu("p", "2"));
        Assert.Equal(91, Balance(new("cpu"), new("memory"))); // 0.25 and 0.428...: 1 - 0.089
        Assert.Equal(100, Balance(new ResourceSpec("cpu")));
        Assert.Equal(87, Balance(new("cpu"), new("example.com/gpu"))); // 0.25 and 0.5
        Assert.Equal(89, Balance(new("cpu"), new("memory"), new("example.com/gpu")));
    }

    [Fact]
    public void Scalar_that_the_pod_does_not_ask_for_is_not_scored()
    {
        var strategy = new ScoringStrategy { Resources = [new("example.com/gpu"), new("cpu")] };
        Assert.Equal(75, FitScore(strategy));
        Assert.Equal(62, Score(SchedulerProfile.Default with { NodeResourcesFitArgs = new() { ScoringStrategy = strategy } }, "NodeResourcesFit", Gpu("p", "2")));
    }

    [Fact]
    public void Ignored_extended_resources_do_not_keep_pods_away()
    {
        bool Fits(NodeResourcesFitArgs args) => new Scheduler(Cluster.Of(Nodes[0]), With(SchedulerProfile.Default with { NodeResourcesFitArgs = args })).Schedule(Gpu("p", "5")).IsScheduled;
        Assert.False(Fits(new()));
        Assert.True(Fits(new() { IgnoredResources = ["example.com/gpu"] }));
        Assert.True(Fits(new() { IgnoredResourceGroups = ["example.com"] }));
        Assert.False(Fits(new() { IgnoredResources = ["cpu"], IgnoredResourceGroups = ["example.org"] }));
    }

    [Fact]
    public void Huge_pages_are_never_ignored()
    {
        var pod = PodOf("p");
        pod = pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Resources = new() { Requests = StringMap.Of(("hugepages-2Mi", Quantity.Parse("2Mi"))) } }] } };
        var profile = SchedulerProfile.Default with { NodeResourcesFitArgs = new() { IgnoredResources = ["hugepages-2Mi"], IgnoredResourceGroups = ["hugepages-2Mi"] } };
        Assert.Equal("Insufficient hugepages-2Mi", new Scheduler(Cluster.Of(NodeOf("a")), With(profile)).Schedule(pod).Reasons.Single().Reason);
    }

    [Fact]
    public void Listed_default_constraints_hold_where_a_service_selects_the_pod()
    {
        var profile = SchedulerProfile.Default with
        {
            PodTopologySpreadArgs = new()
            {
                DefaultingType = PodTopologySpreadConstraintsDefaulting.List,
                DefaultConstraints = [new() { MaxSkew = 1, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "DoNotSchedule" }],
            },
        };
        var web = PodOf("web");
        web = web with { Metadata = web.Metadata with { Labels = StringMap.Of(("app", "web")) } };
        var there = web with { Metadata = web.Metadata with { Name = "there", Uid = "there" }, Spec = web.Spec with { NodeName = "a" } };
        var service = new Service { Metadata = new() { Name = "s", Namespace = "default" }, Spec = new() { Selector = StringMap.Of(("app", "web")) } };
        var result = new Scheduler(Cluster.Of(NodeOf("a"), NodeOf("b"), there, service), With(profile)).Explain(web);
        Assert.Equal("b", Assert.Single(result.FeasibleNodes));
        Assert.Equal("a: PodTopologySpread: Unschedulable (node(s) didn't match pod topology spread constraints)", Assert.Single(result.NodeStatuses).ToString());
        Assert.Equal(2, new Scheduler(Cluster.Of(NodeOf("a"), NodeOf("b"), there), With(profile)).Explain(web).FeasibleNodes.Length);
    }

    [Fact]
    public void SelectorSpread_weighs_zones_twice_as_much_as_nodes()
    {
        var profile = SchedulerProfile.Default with
        {
            Plugins = Plugins with { PreScore = Plugins.PreScore.Add("SelectorSpread"), Score = Plugins.Score.Add(new("SelectorSpread")) },
        };
        Node Zoned(string name, string zone) => NodeOf(name) with { Metadata = NodeOf(name).Metadata with { Labels = StringMap.Of(("topology.kubernetes.io/zone", zone)) } };
        Pod Web(string name, string node) => PodOf(name, "0", "0", node) with { Metadata = new() { Name = name, Namespace = "default", Uid = name, Labels = StringMap.Of(("app", "web")) } };
        var service = new Service { Metadata = new() { Name = "s", Namespace = "default" }, Spec = new() { Selector = StringMap.Of(("app", "web")) } };
        var cluster = Cluster.Of(Zoned("a", "x"), Zoned("b", "x"), Zoned("c", "y"), NodeOf("d"), Web("1", "a"), Web("2", "a"), Web("3", "b"), Web("4", "c"), service);
        var scores = new Scheduler(cluster, With(profile)).Explain(Web("p", "")).Scores.ToDictionary(
            static node => node.NodeName, static node => node.Plugins.Single(static plugin => plugin.Plugin == "SelectorSpread").Score);

        // Nodes hold 2, 1, 1, 0 of at most 2; zones 3, 3, 1 of at most 3.
        Assert.Equal((0, 16, 61, 100), (scores["a"], scores["b"], scores["c"], scores["d"]));
    }

    [Theory]
    [InlineData("scoringStrategy.resources[0].weight: Invalid value: 101")]
    [InlineData("scoringStrategy.requestedToCapacityRatio.shape[1].utilization: Invalid value: 5: utilization values must be sorted")]
    [InlineData("scoringStrategy.requestedToCapacityRatio.shape[1].score: Invalid value: 11")]
    [InlineData("ignoredResourceGroups: Invalid value: \"a/b\"")]
    public void Arguments_that_mean_nothing_are_refused(string message)
    {
        var args = new NodeResourcesFitArgs
        {
            IgnoredResourceGroups = ["a/b"],
            ScoringStrategy = new() { Type = ScoringStrategyType.RequestedToCapacityRatio, Resources = [new("cpu", 101)], Shape = [new(5, 0), new(5, 11)] },
        };
        var error = Assert.Throws<ArgumentException>(() => new Scheduler(Cluster.Of(NodeOf("a")), With(SchedulerProfile.Default with { NodeResourcesFitArgs = args })));
        Assert.Contains("profiles[0].nodeResourcesFitArgs." + message, error.Message, StringComparison.Ordinal);
    }

    private static Node[] Nodes { get; } = [WithGpu(NodeOf("a", "4", "7Gi")), WithGpu(NodeOf("b", "4", "7Gi"))];

    private static Node WithGpu(Node node) => node with { Status = node.Status with { Allocatable = node.Status.Allocatable.With("example.com/gpu", Quantity.Parse("4")) } };

    private static Pod Gpu(string name, string count)
    {
        var pod = PodOf(name, "1", "3Gi");
        var container = pod.Spec.Containers[0];
        return pod with { Spec = pod.Spec with { Containers = [container with { Resources = new() { Requests = container.Resources.Requests.With("example.com/gpu", Quantity.Parse(count)) } }] } };
    }

    private static ScoringStrategy Ratio(ResourceSpec[] resources, params UtilizationShapePoint[] shape) =>
        new() { Type = ScoringStrategyType.RequestedToCapacityRatio, Resources = [.. resources], Shape = [.. shape] };

    private static long FitScore(ScoringStrategy strategy) =>
        Score(SchedulerProfile.Default with { NodeResourcesFitArgs = new() { ScoringStrategy = strategy } }, "NodeResourcesFit", PodOf("p", "1", "3Gi"));

    private static long Score(SchedulerProfile profile, string plugin, Pod pod) =>
        new Scheduler(Cluster.Of([.. Nodes]), With(profile)).Explain(pod).Scores[0].Plugins.Single(score => score.Plugin == plugin).Score;

    private static SchedulerOptions With(SchedulerProfile profile) => new() { Configuration = new() { Profiles = [profile] } };
}
