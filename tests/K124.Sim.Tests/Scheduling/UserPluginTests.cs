using System.Collections.Immutable;
using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;

namespace K124.Sim.Tests.Scheduling;

public sealed class UserPluginTests
{
    private static readonly Cluster ThreeNodes = Cluster.Of([.. Enumerable.Range(0, 3).Select(static i => (IApiObject)NodeOf(i, 4))]);

    /// <summary>What a plugin declares, and whether nodes are indexed, is a matter of speed alone.</summary>
    [Property(MaxTest = 150, Arbitrary = [typeof(Guard.CaseSeeds)])]
    public void Declarations_change_no_decision(Guard.CaseSeed seed)
    {
        var dice = new ClusterDice(seed.Value);
        Node[] nodes = [.. Enumerable.Range(0, 2 + dice.Below(9)).Select(i => NodeOf(i, 1 + dice.Below(8), dice.Chance(30) ? "gold" : "tin"))];
        Pod[] pods = [.. Enumerable.Range(0, 40).Select(i => PodOf($"p{i}", 100 * (1 + dice.Below(3)), dice.Chance(20) ? "gold" : ""))];
        var expected = Placements(PluginDependence.Anything, IndexUse.Never);
        foreach (var dependence in Enum.GetValues<PluginDependence>().Where(static dependence => dependence != PluginDependence.NodeObject))
        {
            foreach (var use in Enum.GetValues<IndexUse>())
            {
                Assert.Equal(expected, Placements(dependence, use));
            }
        }

        string?[] Placements(PluginDependence dependence, IndexUse use)
        {
            var scheduler = new Scheduler(Cluster.Of(nodes), With(new FewPods(dependence))) { IndexUse = use };
            return [.. pods.Select(pod => scheduler.Place(pod).NodeName)];
        }
    }

    [Fact]
    public void A_filter_keeps_pods_off_nodes_with_its_reason_and_code()
    {
        var result = new Scheduler(ThreeNodes, With(new NoNode(IsResolvable: false))).Schedule(PodOf("a", 100));
        Assert.Equal(
            "0/3 nodes are available: 3 no seat left. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.", result.Message);
        Assert.All(result.NodeStatuses, static node => Assert.Equal(("NoNode", StatusCode.UnschedulableAndUnresolvable), (node.Plugins[0].Plugin, node.Plugins[0].Code)));
        Assert.Contains("3 No preemption victims found", new Scheduler(ThreeNodes, With(new NoNode(IsResolvable: true))).Schedule(PodOf("a", 100)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_undeclared_plugin_sees_the_very_pod_and_not_one_like_it()
    {
        var scheduler = new Scheduler(ThreeNodes, With(new OnlyNamed("b")));
        Assert.Equal([false, true, false, true], new[] { "a", "b", "c", "b" }.Select(name => scheduler.Schedule(PodOf(name, 100)).IsScheduled));
    }

    [Fact]
    public void PreFilter_rejects_a_pod_on_all_nodes()
    {
        var result = new Scheduler(ThreeNodes, With(new OnlyNamed("b"))).Schedule(PodOf("a", 100));
        Assert.Equal("OnlyNamed", result.PreFilterStatus!.Plugin);
        Assert.StartsWith("0/3 nodes are available: 3 the name is not b.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_are_weighted_and_normalised_ones_may_be_anything_before()
    {
        Assert.Equal("n2", new Scheduler(ThreeNodes, With(new ByNumber(Factor: 1000))).Schedule(PodOf("a", 100)).NodeName);
        var explanation = new Scheduler(ThreeNodes, With(new ByNumber(Factor: -1000))).Explain(PodOf("a", 100));
        Assert.Equal("n0", explanation.Result.NodeName);
        Assert.Equal([100L, 50, 0], explanation.Scores.Select(static node => node.Plugins.Single(static plugin => plugin.Plugin == "ByNumber").Score));
    }

    [Fact]
    public void A_score_out_of_range_is_misuse()
    {
        var scheduler = new Scheduler(ThreeNodes, With(new TooGood()));
        Assert.Contains("'TooGood' gave node 'n0' the score 101", Assert.Throws<InvalidOperationException>(() => scheduler.Schedule(PodOf("a", 100))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PreScore_errors_fail_the_attempt() => Assert.Equal(
        "running PreScore plugin \"NoMood\": not today", new Scheduler(ThreeNodes, With(new NoMood())).Schedule(PodOf("a", 100)).Message);

    [Fact]
    public void What_Reserve_refuses_is_given_back_by_all_the_last_first()
    {
        var log = new List<string>();
        var scheduler = new Scheduler(ThreeNodes, With(new Seats("first", 5, log), new Seats("second", 1, log)));
        Assert.True(scheduler.Place(PodOf("a", 100)).IsScheduled);
        var refused = scheduler.Place(PodOf("b", 100));
        Assert.Equal((SchedulingOutcome.Error, "running Reserve plugin \"second\": no seat"), (refused.Outcome, refused.ToResult().Message));
        Assert.Equal(["first +a", "second +a", "first +b", "second -b", "first -b"], log);
        scheduler.Forget(new("default", "a"));
        Assert.True(scheduler.Place(PodOf("b", 100)).IsScheduled);
    }

    [Fact]
    public void Permit_rejects_after_Reserve()
    {
        var log = new List<string>();
        var scheduler = new Scheduler(ThreeNodes, With(new Seats("seats", 5, log), new Gate()));
        var rejected = scheduler.Place(PodOf("a", 100));
        Assert.Equal((SchedulingOutcome.Unschedulable, "rejected pod \"a\" by permit plugin \"Gate\": closed"), (rejected.Outcome, rejected.ToResult().Message));
        Assert.Equal(["seats +a", "seats -a"], log);
        Assert.Throws<KeyNotFoundException>(() => scheduler.Forget(new("default", "a")));
    }

    [Fact]
    public void PostFilter_comes_before_or_after_preemption_as_the_profile_says()
    {
        var result = new Scheduler(ThreeNodes, With(new NoNode(IsResolvable: true), new Helper())).Schedule(PodOf("a", 100));
        Assert.Equal("help is on its way", result.Preemption!.Message);
    }

    [Theory]
    [InlineData("Nope", "there is no such plugin")]
    [InlineData("Gate", "the plugin does not extend Filter")]
    public void A_profile_names_only_plugins_that_are_there_and_extend_the_point(string name, string error)
    {
        var plugins = SchedulerProfile.Default.Plugins;
        var options = new SchedulerOptions
        {
            Plugins = [new Gate()],
            Configuration = new() { Profiles = [SchedulerProfile.Default with { Plugins = plugins with { Filter = [.. plugins.Filter, name] } }] },
        };
        Assert.Contains($"profiles[0].plugins.filter: Invalid value: \"{name}\": {error}", Assert.Throws<ArgumentException>(() => new Scheduler(ThreeNodes, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_may_not_take_the_name_of_another()
    {
        Assert.Contains("plugins[0]: Duplicate value: \"NodeName\"", Assert.Throws<ArgumentException>(() => new Scheduler(ThreeNodes, new() { Plugins = [new Seats("NodeName", 1, [])] })).Message, StringComparison.Ordinal);
        Assert.Contains("plugins[1]: Duplicate value: \"Gate\"", Assert.Throws<ArgumentException>(() => new Scheduler(ThreeNodes, new() { Plugins = [new Gate(), new Gate()] })).Message, StringComparison.Ordinal);
    }

    private static Node NodeOf(int i, int cpu, string licence = "") => new()
    {
        Metadata = new() { Name = $"n{i}", Labels = StringMap.Of(("licence", licence)) },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.FromUnits(cpu)), ("memory", Quantity.FromUnits(1L << 34)), ("pods", Quantity.FromUnits(110))) },
    };

    private static Pod PodOf(string name, int cpuMilli, string licence = "") => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = name, Labels = StringMap.Of(("licence", licence)) },
        Spec = new() { Containers = [new() { Name = "c", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse($"{cpuMilli}m"))) } }] },
    };

    /// <summary>The default profile with plugins at every point that they extend, in front at PostFilter.</summary>
    private static SchedulerOptions With(params ImmutableArray<ISchedulerPlugin> own)
    {
        ImmutableArray<string> Names<T>() => [.. own.OfType<T>().Cast<ISchedulerPlugin>().Select(static plugin => plugin.Name)];
        var plugins = SchedulerProfile.Default.Plugins;
        return new()
        {
            Plugins = own,
            Configuration = new()
            {
                Profiles =
                [
                    SchedulerProfile.Default with
                    {
                        Plugins = plugins with
                        {
                            PreFilter = [.. plugins.PreFilter, .. Names<IPreFilterPlugin>()],
                            Filter = [.. plugins.Filter, .. Names<IFilterPlugin>()],
                            PostFilter = [.. Names<IPostFilterPlugin>(), .. plugins.PostFilter],
                            PreScore = [.. plugins.PreScore, .. Names<IPreScorePlugin>()],
                            Score = [.. plugins.Score, .. Names<IScorePlugin>().Select(static name => new ScorePlugin(name, 20))],
                            Reserve = [.. plugins.Reserve, .. Names<IReservePlugin>()],
                            Permit = [.. Names<IPermitPlugin>()],
                        },
                    },
                ],
            },
        };
    }

    /// <summary>Licensed pods on licensed nodes only, at most five pods a node, the emptier the better.</summary>
    private sealed class FewPods(PluginDependence dependence) : IFilterPlugin, IScorePlugin
    {
        public string Name => nameof(FewPods);

        public PluginDependence Dependence => dependence;

        public PluginVerdict? Filter(Pod pod, NodeView node) =>
            pod.Metadata.Labels["licence"] is { Length: > 0 } licence && node.Node.Metadata.Labels["licence"] != licence ? new("no licence", IsResolvable: false)
            : node.GetPods().Length >= 5 ? new("full house")
            : null;

        public long Score(Pod pod, NodeView node) => 100 - (20 * node.PodCount);
    }

    private sealed record NoNode(bool IsResolvable) : IFilterPlugin
    {
        public string Name => nameof(NoNode);

        public PluginVerdict? Filter(Pod pod, NodeView node) => new("no seat left", IsResolvable);
    }

    private sealed record OnlyNamed(string PodName) : IPreFilterPlugin, IFilterPlugin
    {
        public string Name => nameof(OnlyNamed);

        public PluginVerdict? PreFilter(Pod pod) => pod.Metadata.Name == PodName ? null : new($"the name is not {PodName}");

        public PluginVerdict? Filter(Pod pod, NodeView node) => PreFilter(pod);
    }

    private sealed record ByNumber(long Factor) : INormalizeScorePlugin
    {
        public string Name => nameof(ByNumber);

        public PluginDependence Dependence => PluginDependence.NodeObject;

        public long Score(Pod pod, NodeView node) => Factor * (node.Node.Metadata.Name[1] - '0');

        public void NormalizeScore(Pod pod, Span<long> scores)
        {
            var (least, most) = (long.MaxValue, long.MinValue);
            foreach (var score in scores)
            {
                (least, most) = (Math.Min(least, score), Math.Max(most, score));
            }

            foreach (ref var score in scores)
            {
                score = (score - least) * 100 / (most - least);
            }
        }
    }

    private sealed class TooGood : IScorePlugin
    {
        public string Name => nameof(TooGood);

        public long Score(Pod pod, NodeView node) => 101;
    }

    private sealed class NoMood : IPreScorePlugin
    {
        public string Name => nameof(NoMood);

        public string? PreScore(Pod pod) => "not today";
    }

    private sealed class Gate : IPermitPlugin
    {
        public string Name => nameof(Gate);

        public string? Permit(Pod pod, string nodeName) => "closed";
    }

    private sealed class Helper : IPostFilterPlugin
    {
        public string Name => nameof(Helper);

        public PreemptionResult PostFilter(Pod pod, ImmutableArray<K124.Sim.Scheduling.NodeRejection> statuses) => statuses.Length == 3
            ? new() { Outcome = PreemptionOutcome.Nominated, Message = "help is on its way" }
            : throw new InvalidOperationException("There are three nodes.");
    }
}
