using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Scheduling.Configuration;

public sealed class SchedulerProfileTests
{
    [Fact]
    public void Default_profile_has_the_orders_and_weights_of_v1beta3()
    {
        var plugins = SchedulerProfile.Default.Plugins;
        AssertOrder("NodeAffinity NodePorts NodeResourcesFit VolumeRestrictions VolumeBinding PodTopologySpread InterPodAffinity", plugins.PreFilter);
        AssertOrder(
            "NodeUnschedulable NodeName TaintToleration NodeAffinity NodePorts NodeResourcesFit VolumeRestrictions EBSLimits GCEPDLimits NodeVolumeLimits AzureDiskLimits "
            + "VolumeBinding VolumeZone PodTopologySpread InterPodAffinity",
            plugins.Filter);
        AssertOrder("DefaultPreemption", plugins.PostFilter);
        AssertOrder("TaintToleration NodeAffinity PodTopologySpread InterPodAffinity", plugins.PreScore);
        AssertOrder(
            "TaintToleration=3 NodeAffinity=2 NodeResourcesFit=1 VolumeBinding=1 PodTopologySpread=2 InterPodAffinity=2 NodeResourcesBalancedAllocation=1 ImageLocality=1",
            plugins.Score.Select(static plugin => $"{plugin.Name}={plugin.Weight}"));
        AssertOrder("PrioritySort", plugins.QueueSort);
        AssertOrder("DefaultBinder", plugins.Bind);
        AssertOrder("VolumeBinding", plugins.Reserve);
        AssertOrder("VolumeBinding", plugins.PreBind);
        Assert.Empty(plugins.Permit);
    }

    [Fact]
    public void V1beta2_profile_has_its_own_orders_and_weights()
    {
        var plugins = SchedulerProfile.V1Beta2.Plugins;
        AssertOrder("NodeResourcesFit NodePorts VolumeRestrictions PodTopologySpread InterPodAffinity VolumeBinding NodeAffinity", plugins.PreFilter);
        AssertOrder("InterPodAffinity PodTopologySpread TaintToleration NodeAffinity", plugins.PreScore);
        AssertOrder(
            "NodeResourcesBalancedAllocation=1 ImageLocality=1 InterPodAffinity=1 NodeResourcesFit=1 NodeAffinity=1 PodTopologySpread=2 TaintToleration=1",
            plugins.Score.Select(static plugin => $"{plugin.Name}={plugin.Weight}"));
        Assert.Equal(SchedulerProfile.Default.Plugins.Filter, plugins.Filter);
    }

    [Fact]
    public void Pod_is_placed_by_the_profile_that_it_names()
    {
        var tainted = NodeOf("tainted");
        tainted = tainted with { Spec = tainted.Spec with { Taints = [new() { Key = "k", Effect = "NoSchedule" }] } };
        var tolerant = SchedulerProfile.Default with
        {
            SchedulerName = "tolerant",
            Plugins = SchedulerProfile.Default.Plugins with { Filter = SchedulerProfile.Default.Plugins.Filter.Remove("TaintToleration") },
        };
        var scheduler = new Scheduler(Cluster.Of(tainted), new() { Configuration = new() { Profiles = [SchedulerProfile.Default, tolerant] } });
        Assert.Equal(SchedulingOutcome.Unschedulable, scheduler.Schedule(PodOf("a")).Outcome);
        Assert.Equal(SchedulingOutcome.Unschedulable, scheduler.Schedule(Named("b", "default-scheduler")).Outcome);
        Assert.Equal("tainted", scheduler.Schedule(Named("c", "tolerant")).NodeName);
    }

    [Fact]
    public void Pod_of_another_scheduler_is_ignored_but_counts_once_it_is_on_a_node()
    {
        var foreign = Named("foreign", "other", "2");
        var scheduler = new Scheduler(Cluster.Of(NodeOf("a", cpu: "2")));
        var result = scheduler.Schedule(foreign);
        Assert.Equal(SchedulingOutcome.Ignored, result.Outcome);
        Assert.Equal("profile not found for scheduler name \"other\"", result.Message);
        Assert.Null(result.NodeName);
        Assert.Equal(SchedulingOutcome.Ignored, scheduler.Explain(foreign).Result.Outcome);
        scheduler.Assume(foreign, "a");
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.", scheduler.Schedule(PodOf("b")).Message);
    }

    [Fact]
    public void Profile_without_PostFilter_searches_no_victims()
    {
        var profile = SchedulerProfile.Default with { Plugins = SchedulerProfile.Default.Plugins with { PostFilter = [] } };
        var result = new Scheduler(Cluster.Of(NodeOf("a", cpu: "0")), new() { Configuration = new() { Profiles = [profile] } }).Schedule(PodOf("p"));
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu.", result.Message);
        Assert.Null(result.Preemption);
    }

    [Fact]
    public void Options_override_the_percentage_of_the_configuration()
    {
        var cluster = Cluster.Of([.. Enumerable.Range(0, 200).Select(static i => NodeOf($"n{i:d3}"))]);
        int Feasible(SchedulerOptions options) => new Scheduler(cluster, options).Schedule(PodOf("p")).FeasibleNodes;
        Assert.Equal(120, Feasible(new() { Configuration = new() { PercentageOfNodesToScore = 60 } }));
        Assert.Equal(160, Feasible(new() { Configuration = new() { PercentageOfNodesToScore = 60 }, PercentageOfNodesToScore = 80 }));
        Assert.Equal(100, Feasible(new()));
    }

    [Theory]
    [InlineData("NodeLabel", "profiles[0].plugins.filter: Invalid value: \"NodeLabel\": there is no such plugin")]
    [InlineData("ImageLocality", "profiles[0].plugins.filter: Invalid value: \"ImageLocality\": the plugin does not extend Filter")]
    [InlineData("NodeName", "profiles[0].plugins.filter: Duplicate value: \"NodeName\"")]
    public void Plugins_that_cannot_run_are_refused(string name, string message)
    {
        var plugins = SchedulerProfile.Default.Plugins;
        AssertRefused(message, SchedulerProfile.Default with { Plugins = plugins with { Filter = plugins.Filter.Add(name) } });
    }

    [Fact]
    public void Configurations_that_contradict_themselves_are_refused()
    {
        var plugins = SchedulerProfile.Default.Plugins;
        AssertRefused("profiles: Required value");
        AssertRefused("profiles[1].schedulerName: Duplicate value: \"default-scheduler\"", SchedulerProfile.Default, SchedulerProfile.Default);
        AssertRefused("profiles[0].schedulerName: Required value", SchedulerProfile.Default with { SchedulerName = "" });
        AssertRefused("one plugin must order the queue", SchedulerProfile.Default with { Plugins = plugins with { QueueSort = [] } });
        AssertRefused("a weight must be at least 1", SchedulerProfile.Default with { Plugins = plugins with { Score = [new("ImageLocality", 0)] } });
        AssertRefused("is enabled at Filter but not at PreFilter", SchedulerProfile.Default with { Plugins = plugins with { PreFilter = plugins.PreFilter.Remove("NodePorts") } });
        AssertRefused("cannot be zero", SchedulerProfile.Default with { DefaultPreemptionArgs = new() { MinCandidateNodesAbsolute = 0, MinCandidateNodesPercentage = 0 } });
    }

    [Fact]
    public void Added_affinity_holds_for_every_pod_of_the_profile()
    {
        var added = new NodeAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "team", Operator = "In", Values = ["x"] }] }] },
            PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 7, Preference = new() { MatchExpressions = [new() { Key = "fast", Operator = "Exists" }] } }],
        };
        Node Labelled(string name, params (string, string)[] labels) => NodeOf(name) with { Metadata = NodeOf(name).Metadata with { Labels = StringMap.Of(labels) } };
        var profile = SchedulerProfile.Default with { NodeAffinityArgs = new() { AddedAffinity = added } };
        var scheduler = new Scheduler(
            Cluster.Of(Labelled("a", ("team", "x")), Labelled("b", ("team", "x"), ("fast", "")), Labelled("c")), new() { Configuration = new() { Profiles = [profile] } });
        var explanation = scheduler.Explain(PodOf("p"));
        Assert.Equal("c: NodeAffinity: UnschedulableAndUnresolvable (node(s) didn't match scheduler-enforced node affinity)", Assert.Single(explanation.NodeStatuses).ToString());
        Assert.Equal("b", explanation.Result.NodeName);
        Assert.Equal(100, explanation.Scores.Single(static node => node.NodeName == "b").Plugins.Single(static plugin => plugin.Plugin == "NodeAffinity").Score);
    }

    private static void AssertRefused(string message, params SchedulerProfile[] profiles)
    {
        var error = Assert.Throws<ArgumentException>(() => new Scheduler(Cluster.Of(NodeOf("a")), new() { Configuration = new() { Profiles = [.. profiles] } }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static Pod Named(string name, string schedulerName, string cpu = "1")
    {
        var pod = PodOf(name, cpu);
        return pod with { Spec = pod.Spec with { SchedulerName = schedulerName } };
    }

    private static void AssertOrder(string expected, IEnumerable<string> actual) => Assert.Equal(expected.Split(' '), actual);
}
