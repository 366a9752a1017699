using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Scheduling;
using K124.Sim.Tests.Scheduling.Guard;

namespace K124.Sim.Tests.Properties;

/// <summary>What holds for every placement, whatever the rules in detail.</summary>
public sealed class SchedulerProperties
{
    private const int Pods = 40;

    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 300, QuietOnSuccess = true)]
    public void Nothing_is_over_committed_and_every_hard_constraint_holds(CaseSeed seed)
    {
        var world = new World(seed.Value);
        for (var i = 0; i < Pods; i++)
        {
            if (world.Place(i) is { } placed)
            {
                Assert.Empty(world.Checker.SpreadFaults(placed.Pod, placed.Node));
            }
        }

        Assert.Empty(world.Checker.Faults());
    }

    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 300, QuietOnSuccess = true)]
    public void Nothing_is_over_committed_when_pods_are_evicted_and_leave(CaseSeed seed)
    {
        var world = new World(seed.Value);
        for (var i = 0; i < Pods; i++)
        {
            world.PlaceOrPreempt(i);
            if (world.Dice.Chance(25) && world.Checker.Placements.Count > 0)
            {
                world.Remove(ObjectKey.Of(world.Checker.Placements[world.Dice.Below(world.Checker.Placements.Count)].Pod));
            }

            // Who leaves may take away what an affinity needs: that is no fault of the scheduler.
            Assert.DoesNotContain(world.Checker.Faults(), static fault => !fault.Contains("finds nobody", StringComparison.Ordinal));
        }
    }

    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 300, QuietOnSuccess = true)]
    public void Preemption_evicts_lower_priorities_only_and_as_few_budgets_as_can_be_are_violated(CaseSeed seed)
    {
        var world = new World(seed.Value);
        for (var i = 0; i < Pods; i++)
        {
            var (pod, result) = world.PlaceOrPreempt(i);
            if (result.Preemption is not { Outcome: PreemptionOutcome.Nominated } preemption)
            {
                continue;
            }

            Assert.NotEqual("Never", pod.Spec.PreemptionPolicy);
            Assert.All(preemption.Candidates, candidate => Assert.All(candidate.Victims, victim => Assert.True((victim.Spec.Priority ?? 0) < (pod.Spec.Priority ?? 0))));
            Assert.All(preemption.Candidates, static candidate => Assert.NotEmpty(candidate.Victims));
            Assert.Equal(preemption.Candidates.Min(static candidate => candidate.PodDisruptionBudgetViolations), preemption.Nominated!.PodDisruptionBudgetViolations);
        }
    }

    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 300, QuietOnSuccess = true)]
    public void Once_the_victims_are_gone_the_pod_fits_where_it_was_nominated(CaseSeed seed)
    {
        var world = new World(seed.Value);
        for (var i = 0; i < Pods; i++)
        {
            var (pod, result) = world.PlaceOrPreempt(i);
            if (result.Preemption?.Nominated is { } nominated)
            {
                Assert.Equal(nominated.NodeName, world.Scheduler.Schedule(pod with { Status = new() { NominatedNodeName = nominated.NodeName } }).NodeName);
            }
        }
    }

    /// <summary>Without affinities, whoever is evicted has to go: the pod does not fit beside any one of them.</summary>
    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 300, QuietOnSuccess = true)]
    public void No_victim_could_have_stayed(CaseSeed seed)
    {
        var world = new World(seed.Value, static pod => pod with { Spec = pod.Spec with { Affinity = null, TopologySpreadConstraints = [] } });
        for (var i = 0; i < Pods; i++)
        {
            var (pod, result) = world.PlaceOrPreempt(i);
            var nominated = result.Preemption?.Nominated;
            foreach (var victim in nominated?.Victims ?? [])
            {
                world.Scheduler.Assume(victim, nominated!.NodeName);
                Assert.NotEqual(nominated.NodeName, world.Scheduler.Schedule(pod with { Status = new() { NominatedNodeName = nominated.NodeName } }).NodeName);
                world.Scheduler.Forget(ObjectKey.Of(victim));
            }
        }
    }

    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 300, QuietOnSuccess = true)]
    public void Pods_that_never_preempt_evict_nobody_and_their_priority_changes_no_placement(CaseSeed seed)
    {
        var (ranked, unranked) = (new World(seed.Value, Never), new World(seed.Value, static pod => Never(pod) with { Spec = Never(pod).Spec with { Priority = 0 } }));
        for (var i = 0; i < Pods; i++)
        {
            var (pod, result) = ranked.PlaceOrPreempt(i);
            Assert.Equal(result.NodeName, unranked.PlaceOrPreempt(i).Result.NodeName);
            if (result.Preemption is { } preemption)
            {
                Assert.Equal((PreemptionOutcome.Ineligible, "preemption: not eligible due to preemptionPolicy=Never."), (preemption.Outcome, preemption.Message));
                Assert.Empty(preemption.Candidates);
                Assert.False(preemption.ClearsNominatedNodeName);
            }
        }
    }

    /// <summary>Holds where no other node's verdict reads the new node, and where scoring cannot fail: for a pod without hard spread constraints whose
    /// preferred node-affinity terms parse. The facts below show why both are needed.</summary>
    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 300, QuietOnSuccess = true)]
    public void An_unused_node_that_is_added_unplaces_nobody(CaseSeed seed)
    {
        var world = new World(seed.Value, static pod => pod with
        {
            Spec = pod.Spec with
            {
                TopologySpreadConstraints = [.. pod.Spec.TopologySpreadConstraints.Where(static constraint => constraint.WhenUnsatisfiable == "ScheduleAnyway")],
                Affinity = pod.Spec.Affinity is { NodeAffinity: { } nodes } affinity
                    ? affinity with { NodeAffinity = nodes with { PreferredDuringSchedulingIgnoredDuringExecution = [] } }
                    : pod.Spec.Affinity,
            },
        });
        for (var i = 0; i < Pods; i++)
        {
            world.Place(i);
        }

        var larger = new Scheduler(world.Cluster.Add(
            [.. world.Checker.Placements.Select(static item => item.Pod with { Spec = item.Pod.Spec with { NodeName = item.Node.Metadata.Name } }), world.Dice.Node(99)]));
        for (var i = Pods; i < 2 * Pods; i++)
        {
            var pod = world.Stamp(i);
            Assert.True(!world.Scheduler.Schedule(pod).IsScheduled || larger.Schedule(pod).IsScheduled, pod.ToString());
        }
    }

    [Fact]
    public void A_node_in_a_new_domain_unplaces_a_pod_with_a_hard_spread_constraint_that_cannot_go_there()
    {
        static Node In(string zone, bool isCordoned) => Planning.PlanningObjects.NodeOf(zone) with
        {
            Metadata = new() { Name = zone, Labels = StringMap.Of(("zone", zone)) },
            Spec = new() { Unschedulable = isCordoned },
        };
        var pod = Planning.PlanningObjects.PodOf("p") with { Metadata = new() { Name = "p", Namespace = "default", Labels = StringMap.Of(("app", "web")) } };
        pod = pod with
        {
            Spec = pod.Spec with
            {
                TopologySpreadConstraints = [new() { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = new() { MatchLabels = StringMap.Of(("app", "web")) } }],
            },
        };
        var cluster = Cluster.Of(In("a", isCordoned: false), pod with { Metadata = pod.Metadata with { Name = "first" }, Spec = pod.Spec with { NodeName = "a" } });
        Assert.True(new Scheduler(cluster).Schedule(pod).IsScheduled);
        Assert.False(new Scheduler(cluster.Add(In("b", isCordoned: true))).Schedule(pod).IsScheduled);
    }

    [Fact]
    public void A_second_feasible_node_fails_a_pod_whose_preferred_terms_do_not_parse()
    {
        var pod = Planning.PlanningObjects.PodOf("p");
        pod = pod with
        {
            Spec = pod.Spec with
            {
                Affinity = new()
                {
                    NodeAffinity = new()
                    {
                        PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 1, Preference = new() { MatchExpressions = [new() { Key = "disk", Operator = "Gt", Values = ["many"] }] } }],
                    },
                },
            },
        };
        var cluster = Cluster.Of(Planning.PlanningObjects.NodeOf("a"));
        Assert.True(new Scheduler(cluster).Schedule(pod).IsScheduled);
        Assert.Equal(SchedulingOutcome.Error, new Scheduler(cluster.Add(Planning.PlanningObjects.NodeOf("b"))).Schedule(pod).Outcome);
    }

    /// <summary>Holds for pods that name all they ask for, as the amounts assumed for others do not grow with the rest; without overhead, whose cpu is scored
    /// in whole cores; and for pod counts and image sizes left as they are.</summary>
    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 200, QuietOnSuccess = true)]
    public void Scaling_all_amounts_changes_no_decision(CaseSeed seed)
    {
        var factor = new ClusterDice(seed.Value).Pick(2, 3, 7, 1000);
        Pod Named(Pod pod) => pod with { Spec = pod.Spec with { Overhead = StringMap<Quantity>.Empty, InitContainers = [], Containers = [.. pod.Spec.Containers.Select(NamingAll)] } };
        Pod Larger(Pod pod) => Named(pod) with { Spec = Named(pod).Spec with { Containers = [.. Named(pod).Spec.Containers.Select(container => Scaled(container, factor))] } };
        var (plain, scaled) = (new World(seed.Value, Named), new World(seed.Value, Larger, node => node with { Status = node.Status with { Allocatable = Scaled(node.Status.Allocatable, factor) } }));
        for (var i = 0; i < Pods; i++)
        {
            Assert.Equal(DecisionText.Of(plain.Scheduler.Explain(plain.Stamp(i))), DecisionText.Of(scaled.Scheduler.Explain(scaled.Stamp(i))));
            Assert.Equal(DecisionText.Of(plain.PlaceOrPreempt(i).Result), DecisionText.Of(scaled.PlaceOrPreempt(i).Result));
        }
    }

    [Property(Arbitrary = [typeof(CaseSeeds)], MaxTest = 100, QuietOnSuccess = true)]
    public void The_same_seed_gives_the_same_decisions_whatever_runs_beside(CaseSeed seed)
    {
        string[] Run()
        {
            var world = new World(seed.Value, tieBreak: TieBreak.Seeded);
            return [.. Enumerable.Range(0, Pods).Select(i => DecisionText.Of(world.Scheduler.Explain(world.Stamp(i))) + DecisionText.Of(world.PlaceOrPreempt(i).Result))];
        }

        var runs = new string[3][];
        Parallel.For(0, runs.Length, i => runs[i] = Run());
        Assert.All(runs, run => Assert.Equal(runs[0], run));
    }

    private static Pod Never(Pod pod) => pod with { Spec = pod.Spec with { PreemptionPolicy = "Never" } };

    private static Container NamingAll(Container container)
    {
        var requests = container.Resources.Requests;
        requests = requests.ContainsKey("cpu") ? requests : requests.With("cpu", Quantity.Parse("100m"));
        requests = requests.ContainsKey("memory") ? requests : requests.With("memory", Quantity.Parse("200Mi"));
        return container with { Resources = new() { Requests = requests } };
    }

    private static Container Scaled(Container container, int factor) => container with { Resources = new() { Requests = Scaled(container.Resources.Requests, factor) } };

    private static StringMap<Quantity> Scaled(StringMap<Quantity> amounts, int factor) =>
        amounts.Select(pair => KeyValuePair.Create(pair.Key, pair.Key == "pods" ? pair.Value : Quantity.FromMilli(pair.Value.MilliValue() * factor))).ToStringMap();

    /// <summary>A cluster that is empty at first, and pods that come to it.</summary>
    private sealed class World
    {
        private readonly Pod[] _templates;
        private readonly int[] _order;

        public World(int seed, Func<Pod, Pod>? pods = null, Func<Node, Node>? nodes = null, TieBreak tieBreak = TieBreak.FirstByName)
        {
            Dice = new(seed);
            // Of a namespace without an object, terms of pods that come and terms of pods that are there think differently.
            var objects = Dice.Objects([.. Enumerable.Range(0, 1 + Dice.Below(8)).Select(Dice.Node)], maxPods: 0).Where(static item => item is not (Pod or Namespace))
                .Concat([Dice.Namespace("a"), Dice.Namespace("b")]);
            Cluster = Cluster.Of(objects.Select(item => item is Node node && nodes is not null ? nodes(node) : item));
            _templates = [.. Enumerable.Range(0, 5).Select(_ => AsAccepted(Dice.Pod())).Select(pods ?? (static same => same))];
            _order = [.. Enumerable.Range(0, 2 * Pods).Select(_ => Dice.Below(_templates.Length))];
            Scheduler = new(Cluster, new() { TieBreak = tieBreak, Seed = (ulong)seed });
            Checker = new(Cluster);
        }

        public ClusterDice Dice { get; }

        public Cluster Cluster { get; }

        public Scheduler Scheduler { get; }

        public PlacementChecker Checker { get; }

        /// <summary>The pod as the API server would have it: not nominated, and no two spread constraints alike.</summary>
        private static Pod AsAccepted(Pod pod) => pod with
        {
            Spec = pod.Spec with { TopologySpreadConstraints = [.. pod.Spec.TopologySpreadConstraints.DistinctBy(static constraint => (constraint.TopologyKey, constraint.WhenUnsatisfiable))] },
            Status = new(),
        };

        public Pod Stamp(int i) => _templates[_order[i]] with { Metadata = _templates[_order[i]].Metadata with { Name = $"p{i}", Uid = $"p{i}" } };

        public (Pod Pod, string Node)? Place(int i)
        {
            var pod = Stamp(i);
            if (Scheduler.Schedule(pod).NodeName is not { } node)
            {
                return null;
            }

            Put(pod, node);
            return (pod, node);
        }

        /// <summary>Places a pod; if it does not fit, evicts whom preemption names.</summary>
        public (Pod Pod, SchedulingResult Result) PlaceOrPreempt(int i)
        {
            var pod = Stamp(i);
            var result = Scheduler.Schedule(pod);
            if (result.NodeName is { } node)
            {
                Put(pod, node);
            }

            foreach (var victim in result.Preemption?.Nominated?.Victims ?? [])
            {
                Remove(ObjectKey.Of(victim));
            }

            return (pod, result);
        }

        public void Remove(ObjectKey key)
        {
            Scheduler.Forget(key);
            Checker.Take(key);
        }

        private void Put(Pod pod, string node)
        {
            Scheduler.Assume(pod, node);
            Checker.Put(pod, node);
        }
    }
}
