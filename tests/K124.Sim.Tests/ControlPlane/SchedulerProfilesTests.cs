using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;
using K124.Sim.Tests.Scheduling;
using static K124.Sim.Tests.ControlPlane.LoopCluster;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.ControlPlane;

/// <summary>What a scheduler's configuration and the users' plugins in it do in the loop.</summary>
public sealed class SchedulerProfilesTests
{
    private static readonly SchedulerProfile Packing = SchedulerProfile.Default with
    {
        SchedulerName = "packing",
        NodeResourcesFitArgs = new() { ScoringStrategy = new() { Type = ScoringStrategyType.MostAllocated } },
        Plugins = SchedulerProfile.Default.Plugins with { Score = SchedulerProfile.Default.Plugins.Score.RemoveAll(static plugin => plugin.Name == "NodeResourcesBalancedAllocation") },
    };

    [Fact]
    public void Each_pod_is_placed_by_the_profile_that_it_names_in_one_queue()
    {
        var options = new SchedulerOptions { Configuration = new() { Profiles = [SchedulerProfile.Default, Packing] } };
        var plane = LoopCluster.Of(
            Options(options), NodeOf("empty"), NodeOf("used"), PodOf("there", node: "used"), For("packing", "a"), For("", "b"), For("nobody", "c"));
        plane.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["used", "empty", ""], new[] { "a", "b", "c" }.Select(name => plane.Pod(name).Spec.NodeName));
        Assert.Equal(0, plane.Loop().Queue.Count);
    }

    [Fact]
    public void Backoffs_come_from_the_configuration()
    {
        var options = new SchedulerOptions { Configuration = new() { PodInitialBackoffSeconds = 40, PodMaxBackoffSeconds = 60 } };
        var plane = LoopCluster.Of(Options(options), NodeOf("full", cpu: "1"), PodOf("waits", cpu: "2"));
        plane.Advance(TimeSpan.FromSeconds(5));
        Assert.True(plane.Create(NodeOf("large")).Succeeded);
        plane.Advance(TimeSpan.FromSeconds(34));
        Assert.Equal(1, plane.Loop().Queue.BackoffCount);
        plane.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("large", plane.Pod("waits").Spec.NodeName);
    }

    /// <summary>Seats are taken at Reserve, and given back when a later step fails: by all plugins, the last first. A pod that ends gives nothing back.</summary>
    [Fact]
    public void Plugins_reserve_in_order_and_give_back_in_reverse()
    {
        var log = new List<string>();
        var permitted = false;
        var plane = LoopCluster.Of(Options(With(new Seats("first", 5, log), new Seats("second", 5, log), new Gate(() => permitted))), NodeOf("n"), PodOf("p"));
        plane.Settle();
        Assert.Equal(["first +p", "second +p", "second -p", "first -p"], log);
        Assert.Equal("rejected pod \"p\" by permit plugin \"Gate\": closed", plane.Pod("p").Status.Conditions[0].Message);

        log.Clear();
        permitted = true;
        plane.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("n", plane.Pod("p").Spec.NodeName);
        plane.Delete<Pod>(Key("p"));
        plane.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(["first +p", "second +p"], log);
    }

    [Fact]
    public void A_plugin_that_cannot_reserve_fails_the_attempt_and_a_failed_binding_gives_back()
    {
        var log = new List<string>();
        var bindings = 0;
        var options = Options(With(new Seats("one", 1, log))) with { Connect = (_, client) => new BindingFaults(client, _ => ++bindings == 1 ? "etcd is away" : null) };
        var plane = LoopCluster.Of(options, NodeOf("n"), PodOf("p"), PodOf("q", priority: -1));
        plane.Settle();
        Assert.Equal(["one +p", "one -p", "one +q"], log);
        plane.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("running Reserve plugin \"one\": no seat", plane.Pod("p").Status.Conditions[0].Message);
        Assert.Equal(["one -p", "one -p"], log.Where(static line => line.Contains('-', StringComparison.Ordinal)));
    }

    private static Pod For(string scheduler, string name) => PodOf(name) with { Spec = SpecOf() with { SchedulerName = scheduler } };

    private static SchedulerOptions With(params ISchedulerPlugin[] own) => new()
    {
        Plugins = [.. own],
        Configuration = new()
        {
            Profiles =
            [
                SchedulerProfile.Default with
                {
                    Plugins = SchedulerProfile.Default.Plugins with
                    {
                        Reserve = [.. SchedulerProfile.Default.Plugins.Reserve, .. own.Where(static plugin => plugin is IReservePlugin).Select(static plugin => plugin.Name)],
                        Permit = [.. own.Where(static plugin => plugin is IPermitPlugin).Select(static plugin => plugin.Name)],
                    },
                },
            ],
        },
    };

    private sealed class Gate(Func<bool> isOpen) : IPermitPlugin
    {
        public string Name => nameof(Gate);

        public string? Permit(Pod pod, string nodeName) => isOpen() ? null : "closed";
    }
}
