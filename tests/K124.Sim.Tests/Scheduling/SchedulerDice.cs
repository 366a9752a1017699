using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Tests.Scheduling;

/// <summary>Random operations on a scheduler, each named by a seed; equal dice do the same to schedulers that decide the same.</summary>
public sealed class SchedulerDice
{
    private readonly ClusterDice _dice;
    private readonly List<ObjectKey> _pods;
    private readonly List<Node> _nodes;
    private readonly int _seed;
    private int _forks;

    public SchedulerDice(int seed, Cluster cluster)
        : this(seed, [.. cluster.Pods.Select(ObjectKey.Of)], [.. cluster.Nodes])
    {
    }

    private SchedulerDice(int seed, List<ObjectKey> pods, List<Node> nodes) => (_seed, _dice, _pods, _nodes) = (seed, new(seed ^ 0x5eed), pods, nodes);

    /// <summary>Other dice that know the same objects.</summary>
    public SchedulerDice Fork() => new(unchecked((_seed * 31) + ++_forks), [.. _pods], [.. _nodes]);

    /// <summary>Does some operations and tells what came of them.</summary>
    public List<string> Steps(Scheduler scheduler, int count) => [.. Enumerable.Range(0, count).Select(_ => Step(scheduler)).ToList()];

    private string Step(Scheduler scheduler)
    {
        switch (_dice.Below(14))
        {
            case 0:
                return Do("forget", Known(key => scheduler.Delete(PodKind, key)));
            case 1:
                return Do("restart", Known(key => scheduler.Apply(Running(key))));
            case 2:
                var node = Relabelled(_dice.Pick([.. _nodes]));
                _nodes[_nodes.FindIndex(old => old.Metadata.Name == node.Metadata.Name)] = node;
                scheduler.Apply(node);
                return "node changed";
            case 3:
                scheduler.Delete(NodeKind, ObjectKey.Of(_dice.Pick([.. _nodes])));
                return "node gone";
            case 4:
                scheduler.Apply(_dice.Chance(50) ? _dice.Pick([.. _nodes]) : NewNode());
                return "node came";
            case 5:
                scheduler.Apply(_dice.Pick([.. Services()]));
                return "object changed";
            case 6:
                scheduler.Delete(_dice.Pick(ServiceKind, BudgetKind, NamespaceKind), new(_dice.Pick("a", "b", ""), _dice.Pick("s0", "b0", "a")));
                return "object gone";
            case 7:
                return Describe(scheduler.Explain(Pod()).Result);
            default:
                return Decide(scheduler);
        }
    }

    private static ApiKind PodKind { get; } = ApiKind.Find("v1", "Pod")!;

    private static ApiKind NodeKind { get; } = ApiKind.Find("v1", "Node")!;

    private static ApiKind ServiceKind { get; } = ApiKind.Find("v1", "Service")!;

    private static ApiKind NamespaceKind { get; } = ApiKind.Find("v1", "Namespace")!;

    private static ApiKind BudgetKind { get; } = ApiKind.Find("policy/v1", "PodDisruptionBudget")!;

    private static string Do(string what, string? whom) => $"{what} {whom}";

    private static string Describe(SchedulingResult result) =>
        $"{result} {result.FeasibleNodes} {result.EvaluatedNodes} {string.Join("; ", result.NodeStatuses)} {result.Preemption?.Nominated} {string.Join(",", result.Preemption?.ClearedNominations ?? [])}";

    private string? Known(Action<ObjectKey> action)
    {
        if (_pods.Count == 0)
        {
            return null;
        }

        var key = _dice.Pick([.. _pods]);
        action(key);
        return key.ToString();
    }

    private string Decide(Scheduler scheduler)
    {
        var pod = Pod();
        var decision = scheduler.Decide(pod);
        if (decision.NodeName is { } node && _dice.Chance(80))
        {
            scheduler.Assume(pod, node);
            _pods.Add(ObjectKey.Of(pod));
        }
        else if (decision.Failure?.Preemption?.Nominated is { } nominated)
        {
            scheduler.Nominate(pod, nominated.NodeName);
            _pods.Add(ObjectKey.Of(pod));
        }

        return Describe(decision.ToResult());
    }

    private Pod Pod()
    {
        var pod = _dice.Pod();
        return pod with { Metadata = pod.Metadata with { Name = $"{pod.Metadata.Name}-{_seed}-{_pods.Count}", Uid = "" } };
    }

    private Pod Running(ObjectKey key)
    {
        var pod = _dice.Pod();
        return pod with
        {
            Metadata = pod.Metadata with { Name = key.Name, Namespace = key.Namespace, Uid = "" },
            Spec = pod.Spec with { NodeName = _dice.Pick([.. _nodes]).Metadata.Name },
        };
    }

    private Node NewNode()
    {
        var node = Relabelled(_dice.Pick([.. _nodes]));
        node = node with { Metadata = node.Metadata with { Name = $"x{_dice.Below(3)}" } };
        if (!_nodes.Exists(known => known.Metadata.Name == node.Metadata.Name))
        {
            _nodes.Add(node);
        }

        return node;
    }

    private Node Relabelled(Node node) => node with
    {
        Metadata = node.Metadata with { Labels = node.Metadata.Labels.With("topology.kubernetes.io/zone", $"z{_dice.Below(3)}").Without(_dice.Pick("rack", "disk", "none")) },
        Spec = node.Spec with { Unschedulable = _dice.Chance(10), Taints = _dice.Pick(node.Spec.Taints, [], [new() { Key = "t", Effect = "PreferNoSchedule" }]) },
        Status = node.Status with { Images = [new() { Names = [_dice.Pick("i:latest", "r/j:1", "k:latest")], SizeBytes = _dice.Pick(300_000_000L, 900_000_000L) }] },
    };

    private List<IApiObject> Services() =>
    [
        new Service { Metadata = new() { Name = "s0", Namespace = "a" }, Spec = new() { Selector = StringMap.Of(("app", _dice.Pick("web", "db"))) } },
        new Namespace { Metadata = new() { Name = "a", Labels = StringMap.Of(("team", _dice.Pick("x", "y"))) } },
        new PodDisruptionBudget { Metadata = new() { Name = "b0", Namespace = "a" }, Spec = new() { Selector = new() { MatchLabels = StringMap.Of(("app", "web")) } } },
    ];
}
