using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Growth;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class GrowTests
{
    private static readonly NodeTemplate Small = new(NodeOf("small"), 1);

    [Fact]
    public void Nodes_are_added_until_all_pods_find_one()
    {
        var cluster = Cluster.Of([NodeOf("a", cpu: "2"), .. Enumerable.Range(0, 11).Select(i => PodOf($"p{i}"))]);
        var plan = new CapacityPlanner(cluster).Grow(new() { Templates = [Small] });
        var option = plan.Answers[0].Options[0];
        Assert.Equal((11, 1, 2), (plan.Pods, plan.Shapes, plan.PlacedToday));
        Assert.Equal((3, 3, 0, 3), (option.FirstNodes, option.StableFrom, option.Gap, option.BestPacking));
        Assert.Equal(3, option.Bound.Bound);
        Assert.True(option.Bound.Verify().IsValid);
        Assert.All(plan.Answers[0].Cheapest!.Placements, static pod => Assert.True(pod.Result.IsScheduled));
    }

    [Fact]
    public void Daemons_take_their_share_of_new_nodes()
    {
        var daemons = new DaemonSet
        {
            Metadata = MetaOf("collector"),
            Spec = new() { Selector = new() { MatchLabels = StringMap.Of(("app", "collector")) }, Template = TemplateOf("collector", SpecOf(cpu: "500m")) },
        };
        var cluster = Cluster.Of([daemons, .. Enumerable.Range(0, 7).Select(i => PodOf($"p{i}"))]);
        var option = new CapacityPlanner(cluster).Grow(new() { Templates = [Small] }).Answers[0].Options[0];
        Assert.Equal((3, 3m), (option.FirstNodes, option.Bound.Bound));
    }

    [Fact]
    public void The_cheapest_mix_takes_each_pod_where_it_costs_least()
    {
        var cluster = Cluster.Of([PodOf("huge", cpu: "14", memory: "4Gi"), .. Enumerable.Range(0, 8).Select(i => PodOf($"p{i}"))]);
        var plan = new CapacityPlanner(cluster).Grow(new() { Templates = [new(NodeOf("large", cpu: "16", memory: "32Gi"), 4.5m), Small] });
        Assert.Equal([new("large", 1), new("small", 2)], plan.Answers[0].Cheapest!.Mix.Nodes.ToArray());
        Assert.Equal(6.5m, plan.Answers[0].Cheapest!.Mix.Price);
        Assert.True(plan.PriceBound.Verify().IsValid);
        Assert.InRange(plan.PriceBound.Bound, 5m, 6.5m);
        Assert.Null(plan.Answers[0].Options[1].FirstNodes);
    }

    [Fact]
    public void Pods_that_exclude_one_another_need_a_node_each()
    {
        var apart = new PodAffinityTerm { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = StringMap.Of(("app", "db")) } };
        Pod[] pods = [.. Enumerable.Range(0, 5).Select(i => PodOf($"db{i}", cpu: "100m") with
        {
            Metadata = new() { Name = $"db{i}", Namespace = "default", Labels = StringMap.Of(("app", "db")) },
            Spec = SpecOf(cpu: "100m") with { Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [apart] } } },
        })];
        var option = new CapacityPlanner(Cluster.Of(pods)).Grow(new() { Templates = [Small] }).Answers[0].Options[0];
        Assert.Equal((5, 5m), (option.FirstNodes, option.Bound.Bound));
    }

    [Fact]
    public void A_pod_that_no_node_takes_is_said_so()
    {
        var plan = new CapacityPlanner(Cluster.Of(PodOf("huge", cpu: "64"))).Grow(new() { Templates = [Small] });
        Assert.Null(plan.Answers[0].Cheapest);
        Assert.Contains("Insufficient cpu", plan.Answers[0].Options[0].Steps[^1].Failure!.Result.Message, StringComparison.Ordinal);
    }

    /// <summary>Pods of two kinds that are spread over hosts and zones, so that more nodes do not always do where fewer do.</summary>
    private static Arbitrary<(Pod[] Pods, NodeTemplate Template)> Spread => Arb.From(
        from count in Gen.Choose(1, 10)
        from sizes in Gen.Choose(1, 3).ListOf(count)
        from skew in Gen.Choose(1, 2)
        from cpu in Gen.Choose(3, 6)
        select (
            Enumerable.Range(0, count).Select(i => PodOf($"p{i}") with
            {
                Metadata = new() { Name = $"p{i}", Namespace = "default", Labels = StringMap.Of(("app", "web")) },
                Spec = SpecOf(cpu: $"{sizes[i]}", memory: "0") with
                {
                    TopologySpreadConstraints = [new() { MaxSkew = skew, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = new() { MatchLabels = StringMap.Of(("app", "web")) } }],
                },
            }).ToArray(),
            new NodeTemplate(NodeOf("t", cpu: $"{cpu}"))));

    [Fact]
    public void The_first_number_is_the_least_and_applying_the_plan_places_all() => Prop.ForAll(Spread, static world =>
    {
        var (pods, template) = world;
        var planner = new CapacityPlanner(Cluster.Of(pods));
        var option = planner.Grow(new() { Templates = [template] }).Answers[0].Options[0];
        var works = Enumerable.Range(0, 25).Select(nodes => !new CapacityPlanner(Cluster.Of([.. pods, .. Nodes(template, nodes)])).Place([]).Unschedulable.Any()).ToArray();
        var first = Array.IndexOf(works, true);
        Assert.Equal(first < 0 ? null : first, option.FirstNodes);
        Assert.True(first < 0 || option.Bound.Bound <= first);
        Assert.True(option.StableFrom is not { } stable || Enumerable.Range(stable, Math.Max(0, Math.Min(25, option.TriedUpTo + 1) - stable)).All(nodes => works[nodes]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Answers_do_not_depend_on_what_was_asked_before()
    {
        var cluster = Cluster.Of([NodeOf("a", cpu: "2"), NodeOf("b"), .. Enumerable.Range(0, 11).Select(i => PodOf($"p{i}"))]);
        var asked = new CapacityPlanner(cluster);
        _ = asked.Probe(PodOf("x"));
        _ = asked.Survive();
        _ = asked.Headroom([PodOf("x")]);
        _ = asked.Shrink();
        var late = asked.Grow(new() { Templates = [Small] });
        var fresh = new CapacityPlanner(cluster).Grow(new() { Templates = [Small] });
        Assert.Equal(fresh.Answers[0].Options[0].FirstNodes, late.Answers[0].Options[0].FirstNodes);
        Assert.Equal(
            fresh.Answers[0].Cheapest!.Placements.Select(static pod => pod.Result.NodeName),
            late.Answers[0].Cheapest!.Placements.Select(static pod => pod.Result.NodeName));
        Assert.Equal(new CapacityPlanner(cluster).Fit(PodOf("x")).Replicas, asked.Fit(PodOf("x")).Replicas);
    }

    private static IEnumerable<Node> Nodes(NodeTemplate template, int count) => Enumerable.Range(1, count).Select(number => template.Make(template.NameOf(number)));
}
