using K124.Sim.Model;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>A small cluster under the scheduling loop, every binding of which is checked by rules of its own.</summary>
public sealed class LoopLife
{
    public const string Never = "never";

    private const int Zones = 2;
    private static readonly int[] Waits = [0, 1, 3, 12, 45, 400];

    private readonly bool _bindingFails;
    private readonly bool _hasRoom;
    private int _bindings;

    /// <param name="neverValue">Value of the PriorityClass that never preempts.</param>
    /// <param name="bindingFails">Whether every fifth binding fails.</param>
    /// <param name="hasRoom">Whether every pod fits on every node: they are large, untainted and stay, and pods care for nothing but room.</param>
    public LoopLife(int neverValue = 500, bool bindingFails = false, bool hasRoom = false)
    {
        _bindingFails = bindingFails;
        _hasRoom = hasRoom;
        var options = LoopCluster.Options(new() { Release = KubernetesRelease.Parse("1.24.4") });
        Plane = LoopCluster.Of(
            options with { Connect = (_, client) => new BindingFaults(client, Check) },
            Class("low", 10), Class("high", 1000), Class(Never, neverValue) with { PreemptionPolicy = "Never" },
            Node(0, false), Node(1, false),
            new PodDisruptionBudget { Metadata = new() { Name = "a", Namespace = "default" }, Spec = new() { Selector = App("a") }, Status = new() { DisruptionsAllowed = 1 } });
    }

    public ControlPlane Plane { get; }

    /// <summary>Every pod that there ever was, as the API server took it.</summary>
    public Dictionary<string, Pod> Created { get; } = [];

    private int NodeCpu => _hasRoom ? 400 : 4;

    public void Run(LoopStep step)
    {
        var (_, first, second, third) = step;
        switch (step.Kind)
        {
            case LoopStepKind.CreatePod:
                Create(first, second, third);
                break;
            case LoopStepKind.DeletePod when Created.Count > 0:
                Plane.Delete<Pod>(new("default", $"p{first % Created.Count}"));
                break;
            case LoopStepKind.ApplyNode:
                Plane.Apply(Node(first % 4, second % 4 == 0 && !_hasRoom));
                break;
            case LoopStepKind.DeleteNode when !_hasRoom:
                Plane.Delete<Node>(new("", $"n{first % 4}"));
                break;
            case LoopStepKind.Wait:
                Plane.Advance(TimeSpan.FromSeconds(Waits[first % Waits.Length]));
                break;
        }

        Plane.Settle();
    }

    /// <summary>Checks the pod against the cluster as the API has it: with binding at once that is what the decision saw.</summary>
    private string? Check(Pod pod)
    {
        var nodeName = pod.Spec.NodeName;
        var cluster = Plane.ToCluster();
        var node = cluster.Nodes.Find(nodeName);
        Assert.NotNull(node);
        Pod[] there = [.. cluster.Pods.Where(other => other.Spec.NodeName == nodeName)];
        Assert.True(Cpu(pod) + there.Sum(Cpu) <= node.Status.Allocatable["cpu"].Value(), $"{nodeName} is over-committed by {pod.Metadata.Name}");
        Assert.True(there.Length < node.Status.Allocatable["pods"].Value(), $"{nodeName} has too many pods");
        Assert.True(node.Spec.Taints.IsEmpty || !pod.Spec.Tolerations.IsEmpty, $"{pod.Metadata.Name} does not tolerate {nodeName}");
        Assert.DoesNotContain(there, other => (HasAntiAffinity(pod) || HasAntiAffinity(other)) && AppOf(pod) == AppOf(other));
        if (!pod.Spec.TopologySpreadConstraints.IsEmpty)
        {
            AssertSpread(cluster, pod, node);
        }

        return _bindingFails && ++_bindings % 5 == 0 ? "etcd is away" : null;
    }

    private static void AssertSpread(Cluster cluster, Pod pod, Node node)
    {
        var byZone = cluster.Nodes.GroupBy(ZoneOf).ToDictionary(static zone => zone.Key, zone => zone.Sum(member => cluster.Pods.Count(
            other => other.Spec.NodeName == member.Metadata.Name && other.Metadata.DeletionTimestamp is null && AppOf(other) == AppOf(pod))));
        Assert.True(byZone[ZoneOf(node)] + 1 - byZone.Values.Min() <= 1, $"{pod.Metadata.Name} skews zone {ZoneOf(node)}");
    }

    private static string ZoneOf(Node node) => node.Metadata.Labels["zone"]!;

    private static long Cpu(Pod pod) => pod.Spec.Containers[0].Resources.Requests["cpu"].Value();

    private static string AppOf(Pod pod) => pod.Metadata.Labels["app"]!;

    private static bool HasAntiAffinity(Pod pod) => pod.Spec.Affinity is not null;

    private static LabelSelector App(string app) => new() { MatchLabels = StringMap.Of(("app", app)) };

    private static PriorityClass Class(string name, int value) => new() { Metadata = new() { Name = name }, Value = value };

    private Node Node(int number, bool isTainted) => new()
    {
        Metadata = new() { Name = $"n{number}", Labels = StringMap.Of(("zone", $"z{number % Zones}"), ("kubernetes.io/hostname", $"n{number}")) },
        Spec = new() { Taints = isTainted ? [new() { Key = "maintenance", Effect = "NoSchedule" }] : [] },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.FromUnits(NodeCpu - number % 2)), ("memory", Quantity.FromUnits(1L << 34)), ("pods", Quantity.FromUnits(NodeCpu))) },
    };

    private void Create(int priority, int shape, int size)
    {
        var app = shape % 2 == 0 ? "a" : "b";
        shape = _hasRoom ? 0 : shape;
        var pod = new Pod
        {
            Metadata = new() { Name = $"p{Created.Count}", Namespace = "default", Labels = StringMap.Of(("app", app)) },
            Spec = new()
            {
                PriorityClassName = (priority % 4) switch { 0 => "", 1 => "low", 2 => "high", _ => Never },
                Containers = [new() { Name = "c", Image = "app:1", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.FromUnits(1 + size % 3))) } }],
                Tolerations = shape % 5 == 0 ? [new() { Operator = "Exists" }] : [],
                TopologySpreadConstraints = shape % 6 == 1 ? [new() { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = App(app) }] : [],
                Affinity = shape % 7 != 2 ? null : new()
                {
                    PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = App(app) }] },
                },
                TerminationGracePeriodSeconds = size % 4,
            },
        };
        Created.Add(pod.Metadata.Name, Plane.Create(pod).Value!);
    }
}
