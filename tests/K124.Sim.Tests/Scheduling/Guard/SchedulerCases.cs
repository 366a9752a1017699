using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>Awkward cases, each named by a seed.</summary>
internal static class SchedulerCases
{
    private static readonly string[] Releases = ["1.24.17", "1.24.17", "1.24.4", "1.24.0"];

    /// <summary>A few nodes, most of them different; long sequences.</summary>
    public static SchedulerCase Small(int seed)
    {
        var dice = new ClusterDice(seed);
        var isUniform = dice.Chance(30);
        var (nodeCount, zones) = (1 + dice.Below(12), 1 + dice.Below(3));
        var nodes = Enumerable.Range(0, nodeCount).Select(i => isUniform ? dice.PlainNode(i, zones) : dice.Node(i)).ToList();
        return Case(seed, dice, nodes, podCount: nodeCount, templateCount: 2 + dice.Below(6), operationCount: 100);
    }

    /// <summary>So many nodes that not all are looked at and searches start in turn; most nodes alike, some in zones of their own.</summary>
    public static SchedulerCase Large(int seed)
    {
        var dice = new ClusterDice(seed);
        var (nodeCount, zones, racks) = (101 + dice.Below(160), dice.Pick(1, 2, 3, 5, 16, 17, 40), dice.Pick(0, 3, 20));
        var nodes = Enumerable.Range(0, nodeCount).Select(i => dice.Chance(90) ? dice.PlainNode(i, dice.Chance(90) ? zones : int.MaxValue, racks) : dice.Node(i)).ToList();
        return Case(seed, dice, nodes, podCount: nodeCount, templateCount: 2 + dice.Below(4), operationCount: 50);
    }

    /// <summary>Thousands of nodes with little on them, so that choices among many equal nodes are made; few decisions, as the reference is slow here.</summary>
    public static SchedulerCase Huge(int seed)
    {
        var dice = new ClusterDice(seed);
        var (nodeCount, zones) = (4_000 + dice.Below(3_000), dice.Pick(1, 3, 50));
        Pod[] templates = [dice.PlainPod(), dice.PlainPod() with { Spec = dice.Pod().Spec }];
        var operations = Enumerable.Range(0, 30).Select(i => dice.Below(10) switch
        {
            < 6 => new SchedulerOperation.Place(dice.Below(templates.Length), $"p{i}"),
            < 8 => new SchedulerOperation.Schedule(dice.Below(templates.Length)),
            < 9 => new SchedulerOperation.Assume(0, $"p{i}", $"n{dice.Below(nodeCount)}"),
            _ => (SchedulerOperation)new SchedulerOperation.Forget($"p{dice.Below(i + 1)}"),
        });
        return new(seed, Options(dice), [.. Enumerable.Range(0, nodeCount).Select(i => dice.PlainNode(i, zones))], [.. templates], [.. operations]);
    }

    private static SchedulerCase Case(int seed, ClusterDice dice, List<Node> nodes, int podCount, int templateCount, int operationCount)
    {
        var options = Options(dice);
        var templates = Enumerable.Range(0, templateCount).Select(_ => dice.Below(10) switch { < 2 => dice.PlainPod(), < 4 => dice.SpreadPod(), _ => dice.Pod() }).ToArray();
        var objects = dice.Objects(nodes, podCount).ToArray();

        // What was worked out for a template lasts only as long as nothing but pods changes.
        var isCalm = dice.Chance(60);
        var operations = Enumerable.Range(0, operationCount).Select(i => Operation(dice, i, nodes, templateCount, isCalm)).ToArray();
        return new(seed, options, [.. objects], [.. templates], [.. operations]);
    }

    private static SchedulerOptions Options(ClusterDice dice) => new()
    {
        Release = KubernetesRelease.Parse(dice.Pick(Releases)),
        PercentageOfNodesToScore = dice.Pick(0, 0, 0, 50, 100, 1 + dice.Below(99)),
        TieBreak = dice.Pick(TieBreak.FirstByName, TieBreak.FirstInOrder, TieBreak.Seeded),
        Seed = (ulong)dice.Below(1000),
        DrawsPreemptionOffset = dice.Chance(30),
        FeatureGates = dice.Chance(40) ? FeatureGates.Of(("MinDomainsInPodTopologySpread", true)) : FeatureGates.Default,
        Configuration = dice.Chance(60) ? SchedulerConfiguration.Default : new() { Profiles = [Profile(dice)] },
    };

    /// <summary>The default profile with other weights, now and then great ones, and other arguments.</summary>
    private static SchedulerProfile Profile(ClusterDice dice) => SchedulerProfile.Default with
    {
        Plugins = Weighted(dice, dice.Chance(30) ? "SelectorSpread" : null),
        NodeResourcesFitArgs = new() { ScoringStrategy = dice.Chance(50) ? new() : Strategy(dice) },
        NodeResourcesBalancedAllocationArgs = new() { Resources = [.. Resources(dice).Select(static resource => resource with { Weight = 1 })] },
        NodeAffinityArgs = new() { AddedAffinity = dice.Chance(30) ? Added(dice) : null },
        PodTopologySpreadArgs = dice.Chance(70) ? new() : new()
        {
            DefaultingType = PodTopologySpreadConstraintsDefaulting.List,
            DefaultConstraints =
            [
                .. new[] { "kubernetes.io/hostname", "topology.kubernetes.io/zone", "rack" }.Where(_ => dice.Chance(50)).Select(key => new TopologySpreadConstraint
                {
                    MaxSkew = 1 + dice.Below(3), TopologyKey = key, WhenUnsatisfiable = dice.Pick("ScheduleAnyway", "ScheduleAnyway", "DoNotSchedule"),
                }),
            ],
        },
        InterPodAffinityArgs = new() { HardPodAffinityWeight = dice.Pick(0, 1, 7, 100) },
        DefaultPreemptionArgs = new() { MinCandidateNodesPercentage = dice.Pick(1, 10, 60), MinCandidateNodesAbsolute = dice.Pick(1, 3, 100) },
    };

    private static ProfilePlugins Weighted(ClusterDice dice, string? further)
    {
        var plugins = SchedulerProfile.Default.Plugins;
        plugins = plugins with { Score = [.. plugins.Score.Select(plugin => plugin with { Weight = dice.Pick(1, 1, 2, 5, 20, 100, 200) })] };
        return further is null ? plugins : plugins with { PreScore = [.. plugins.PreScore, further], Score = [.. plugins.Score, new(further, dice.Pick(1, 3))] };
    }

    private static ScoringStrategy Strategy(ClusterDice dice) => new()
    {
        Type = dice.Pick(Enum.GetValues<ScoringStrategyType>()),
        Resources = [.. Resources(dice)],
        Shape = dice.Pick<ImmutableArray<UtilizationShapePoint>>([new(0, 0), new(100, 10)], [new(0, 10), new(70, 4), new(100, 0)], [new(30, 7)], [new(10, 0), new(11, 3), new(90, 10)]),
    };

    private static IEnumerable<ResourceSpec> Resources(ClusterDice dice) =>
        new[] { "cpu", "memory", "ephemeral-storage", "example.com/gpu" }.Where(name => dice.Chance(name == "cpu" ? 100 : 60)).Select(name => new ResourceSpec(name, 1 + dice.Below(3)));

    /// <summary>An affinity that the profile adds to that of every pod.</summary>
    private static NodeAffinity Added(ClusterDice dice) => new()
    {
        RequiredDuringSchedulingIgnoredDuringExecution = dice.Chance(50) ? new() { NodeSelectorTerms = [Term(dice)] } : null,
        PreferredDuringSchedulingIgnoredDuringExecution = dice.Chance(60) ? [new() { Weight = dice.Pick(1, 10, 100), Preference = Term(dice) }] : [],
    };

    private static NodeSelectorTerm Term(ClusterDice dice) => new()
    {
        MatchExpressions = [new() { Key = dice.Pick("rack", "topology.kubernetes.io/zone", "disk"), Operator = dice.Pick("Exists", "DoesNotExist") }],
    };

    /// <param name="dice">Source of the operation.</param>
    /// <param name="step">How many operations came before.</param>
    /// <param name="nodes">Nodes that there were, as they were last; kept up to date.</param>
    /// <param name="templateCount">How many templates there are.</param>
    /// <param name="isCalm">Whether objects other than pods hardly change.</param>
    private static SchedulerOperation Operation(ClusterDice dice, int step, List<Node> nodes, int templateCount, bool isCalm)
    {
        string Node() => $"n{dice.Below(nodes.Count + 1)}";
        string Pod() => dice.Chance(15) ? $"e{dice.Below(8)}" : $"p{dice.Below(step + 1)}";
        var template = dice.Below(templateCount);
        return dice.Below(isCalm && dice.Chance(95) ? 81 : 100) switch
        {
            < 12 => new SchedulerOperation.Explain(template),
            < 22 => new SchedulerOperation.Schedule(template),
            < 44 => new SchedulerOperation.Place(template, $"p{step}"),
            < 48 => new SchedulerOperation.Assume(template, $"p{step}", Node()),
            < 56 => new SchedulerOperation.Forget(Pod()),
            < 57 => new SchedulerOperation.Touch(template, Node(), dice.Pick(1, 20, 40, 100)),
            < 59 => new SchedulerOperation.Nominate(template, $"p{step}", Node()),
            < 60 => new SchedulerOperation.ClearNomination(Pod()),
            < 65 => new SchedulerOperation.Preempt(template, $"p{step}", dice.Chance(40)),
            < 67 => new SchedulerOperation.Run(template, Pod(), Node(), dice.Chance(20), dice.Chance(70) ? dice.Below(4) : null),
            < 69 => new SchedulerOperation.Terminate(Pod()),
            < 71 => new SchedulerOperation.Finish(Pod(), dice.Pick("Succeeded", "Failed")),
            < 72 => new SchedulerOperation.Pend(template, Pod(), dice.Chance(60) ? Node() : ""),
            < 74 => new SchedulerOperation.Checkpoint(),
            < 78 => new SchedulerOperation.Rollback(dice.Chance(40)),
            < 79 => new SchedulerOperation.Commit(),
            < 81 => dice.Chance(40) ? new SchedulerOperation.Fork() : new SchedulerOperation.Switch(dice.Below(3)),
            < 90 => Changed(dice, nodes),
            < 93 => new SchedulerOperation.Delete("Node", "", Node()),
            < 98 => new SchedulerOperation.Apply(dice.Pick<Func<IApiObject>>(
                () => dice.Service(dice.Below(3)), dice.ReplicaSet, dice.StatefulSet, dice.ReplicationController, () => dice.Budget(dice.Below(3)), () => dice.Namespace(dice.Pick("a", "b")))()),
            _ => Deleted(dice, Pod),
        };
    }

    private static SchedulerOperation.Apply Changed(ClusterDice dice, List<Node> nodes)
    {
        var i = dice.Below(nodes.Count + 1);
        if (i == nodes.Count)
        {
            nodes.Add(dice.PlainNode(i, 3));
        }
        else if (dice.Chance(90))
        {
            nodes[i] = dice.Change(nodes[i], i);
        }

        return new(nodes[i]);
    }

    private static SchedulerOperation.Delete Deleted(ClusterDice dice, Func<string> pod) => dice.Below(6) switch
    {
        0 => new("Service", dice.Pick("a", "b"), $"s{dice.Below(3)}"),
        1 => new("PodDisruptionBudget", dice.Pick("a", "b"), $"b{dice.Below(3)}"),
        2 => new("Namespace", "", dice.Pick("a", "b")),
        3 => dice.Pick<SchedulerOperation.Delete>(new("ReplicaSet", "a", "rs"), new("StatefulSet", "a", "ss"), new("ReplicationController", "a", "rc")),
        _ => new("Pod", dice.Pick("a", "b"), pod()),
    };
}
