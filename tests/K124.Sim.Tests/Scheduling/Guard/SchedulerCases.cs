using K124.Sim.Model;
using K124.Sim.Scheduling;

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
        return Case(seed, dice, nodes, podCount: 3 * nodeCount, templateCount: 2 + dice.Below(6), operationCount: 100);
    }

    /// <summary>So many nodes that not all are looked at and searches start in turn; most nodes alike, some in zones of their own.</summary>
    public static SchedulerCase Large(int seed)
    {
        var dice = new ClusterDice(seed);
        var (nodeCount, zones) = (101 + dice.Below(160), 1 + dice.Below(5));
        var nodes = Enumerable.Range(0, nodeCount).Select(i => dice.Chance(90) ? dice.PlainNode(i, zones) : dice.Node(i)).ToList();
        return Case(seed, dice, nodes, podCount: nodeCount, templateCount: 2 + dice.Below(4), operationCount: 50);
    }

    private static SchedulerCase Case(int seed, ClusterDice dice, List<Node> nodes, int podCount, int templateCount, int operationCount)
    {
        var options = new SchedulerOptions
        {
            Release = KubernetesRelease.Parse(dice.Pick(Releases)),
            PercentageOfNodesToScore = dice.Pick(0, 0, 0, 50, 100, 1 + dice.Below(99)),
            TieBreak = dice.Pick(TieBreak.FirstByName, TieBreak.FirstInOrder),
            Seed = (ulong)dice.Below(1000),
        };
        var templates = Enumerable.Range(0, templateCount).Select(_ => dice.Chance(20) ? dice.PlainPod() : dice.Pod()).ToArray();
        var objects = dice.Objects(nodes, podCount).ToArray();
        var operations = Enumerable.Range(0, operationCount).Select(i => Operation(dice, i, nodes.Count, templateCount)).ToArray();
        return new(seed, options, [.. objects], [.. templates], [.. operations]);
    }

    private static SchedulerOperation Operation(ClusterDice dice, int step, int nodeCount, int templateCount)
    {
        string Node() => $"n{dice.Below(nodeCount)}";
        string Pod() => dice.Chance(15) ? $"e{dice.Below(8)}" : $"p{dice.Below(step + 1)}";
        var template = dice.Below(templateCount);
        return dice.Below(100) switch
        {
            < 20 => new SchedulerOperation.Explain(template),
            < 35 => new SchedulerOperation.Schedule(template),
            < 65 => new SchedulerOperation.Place(template, $"p{step}"),
            < 70 => new SchedulerOperation.Assume(template, $"p{step}", Node()),
            < 82 => new SchedulerOperation.Forget(Pod()),
            < 87 => new SchedulerOperation.Nominate(template, $"p{step}", Node()),
            < 90 => new SchedulerOperation.ClearNomination(Pod()),
            _ => new SchedulerOperation.Preempt(template, $"p{step}"),
        };
    }
}
