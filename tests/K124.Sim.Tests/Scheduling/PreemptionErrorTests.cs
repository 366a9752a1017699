using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;

namespace K124.Sim.Tests.Scheduling;

/// <summary>Searches for victims that fail: without a candidate the attempt gets no suffix, and the pod keeps its nomination.</summary>
public sealed class PreemptionErrorTests
{
    private static readonly SchedulerOptions StoppedAtPreFilter = new()
    {
        Plugins = [new Closed()],
        Configuration = new()
        {
            Profiles = [SchedulerProfile.Default with { Plugins = SchedulerProfile.Default.Plugins with { PreFilter = [.. SchedulerProfile.Default.Plugins.PreFilter, nameof(Closed)] } }],
        },
    };

    /// <summary>A plugin that objects before filtering, while the filters have nothing against the node: every pod there may stay.</summary>
    [Fact]
    public void A_node_where_every_pod_may_stay_is_an_error()
    {
        var result = Schedule(StoppedAtPreFilter, NodeOf("a", 4), Placed("low", "a", 1));
        Assert.Equal("0/1 nodes are available: 1 closed for today.", result.Message);
        Assert.Equal((PreemptionOutcome.Error, false, ""), (result.Preemption!.Outcome, result.Preemption.ClearsNominatedNodeName, result.Preemption.Message));
        var rejected = Assert.Single(Assert.Single(result.Preemption.Rejected).Plugins);
        Assert.Equal((StatusCode.Error, "expected at least one victim pod on node \"a\""), (rejected.Code, rejected.Reasons[0]));
    }

    /// <summary>One node with victims is enough: what failed elsewhere does not matter then.</summary>
    [Fact]
    public void A_candidate_elsewhere_outweighs_the_error()
    {
        var result = Schedule(StoppedAtPreFilter, NodeOf("a", 4), NodeOf("b", 2), Placed("low", "a", 1), Placed("wide", "b", 2));
        Assert.Equal((PreemptionOutcome.Nominated, "b"), (result.Preemption!.Outcome, result.Preemption.Nominated?.NodeName));
        Assert.Equal("a", Assert.Single(result.Preemption.Rejected).NodeName);
    }

    /// <summary>A pod narrowed to one node by a profile whose filters do not look at node affinity: preemption tries the others too, and all fits there.</summary>
    [Fact]
    public void A_profile_that_checks_node_affinity_only_before_filtering_fails_where_all_fits()
    {
        var plugins = SchedulerProfile.Default.Plugins;
        var options = new SchedulerOptions
        {
            Configuration = new() { Profiles = [SchedulerProfile.Default with { Plugins = plugins with { Filter = plugins.Filter.Remove("NodeAffinity") } }] },
        };
        var onlySmall = new NodeSelectorTerm { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = ["small"] }] };
        var pod = Incoming with
        {
            Spec = Incoming.Spec with { Affinity = new() { NodeAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [onlySmall] } } } },
            Status = new(),
        };
        var result = new Scheduler(Cluster.Of(NodeOf("a", 4), NodeOf("small", 1), Placed("low", "a", 1)), options).Schedule(pod);
        Assert.Equal(("0/2 nodes are available: 1 Insufficient cpu.", PreemptionOutcome.Error), (result.Message, result.Preemption!.Outcome));
    }

    /// <summary>Filters that stop at the first failure reach a later plugin only when the pods that failed an earlier one are away.</summary>
    [Fact]
    public void A_plugin_that_fails_only_once_the_victims_are_away_is_an_error()
    {
        var result = new Scheduler(Cluster.Of(NodeOf("a", 2), Placed("low", "a", 2), WaitingClass, UnreadableClaim), new()).Schedule(WithClaim);
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu.", result.Message);
        Assert.Equal((PreemptionOutcome.Error, false), (result.Preemption!.Outcome, result.Preemption.ClearsNominatedNodeName));
        Assert.Equal(StatusCode.Error, Assert.Single(Assert.Single(result.Preemption.Rejected).Plugins).Code);
    }

    /// <summary>What is remembered of a failed search says the same again, until the node changes.</summary>
    [Fact]
    public void A_failed_search_is_remembered_as_failed()
    {
        var scheduler = new Scheduler(Cluster.Of(NodeOf("a", 2), Placed("low", "a", 2), WaitingClass, UnreadableClaim), new());
        Assert.Equal([PreemptionOutcome.Error, PreemptionOutcome.Error, PreemptionOutcome.Error], Enumerable.Range(0, 3).Select(_ => scheduler.Schedule(WithClaim).Preemption!.Outcome));
        scheduler.Forget(new("default", "low"));
        scheduler.Assume(Placed("high", "a", 2, priority: 1000), "a");
        Assert.Equal(PreemptionOutcome.NoCandidates, scheduler.Schedule(WithClaim).Preemption!.Outcome);
    }

    private static readonly Pod Incoming = new()
    {
        Metadata = new() { Name = "incoming", Namespace = "default", Uid = "incoming" },
        Spec = new() { Priority = 100, Containers = [Container(2)] },
        Status = new() { NominatedNodeName = "a" },
    };

    private static readonly Pod WithClaim = Incoming with
    {
        Spec = Incoming.Spec with { Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }] },
    };

    private static readonly StorageClass WaitingClass = new()
    {
        Metadata = new() { Name = "local" },
        Provisioner = "kubernetes.io/no-provisioner",
        VolumeBindingMode = "WaitForFirstConsumer",
    };

    private static readonly PersistentVolumeClaim UnreadableClaim = new()
    {
        Metadata = new() { Name = "data", Namespace = "default" },
        Spec = new() { StorageClassName = "local", Selector = new() { MatchExpressions = [new() { Key = "disk", Operator = "Near" }] } },
    };

    private static SchedulingResult Schedule(SchedulerOptions options, params IApiObject[] objects) => new Scheduler(Cluster.Of(objects), options).Schedule(Incoming);

    private static Node NodeOf(string name, int cpu) => new()
    {
        Metadata = new() { Name = name },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.FromUnits(cpu)), ("memory", Quantity.FromUnits(1L << 34)), ("pods", Quantity.FromUnits(110))) },
    };

    private static Pod Placed(string name, string node, int cpu, int priority = 0) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = name },
        Spec = new() { NodeName = node, Priority = priority, Containers = [Container(cpu)] },
    };

    private static Container Container(int cpu) => new() { Name = "c", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.FromUnits(cpu))) } };

    private sealed class Closed : IPreFilterPlugin
    {
        public string Name => nameof(Closed);

        public PluginVerdict? PreFilter(Pod pod) => new("closed for today");
    }
}
