using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Tests.Scheduling;

/// <summary>Small awkward clusters and pods, each named by a seed.</summary>
public sealed class ClusterDice(int seed)
{
    private static readonly string[] Keys = ["kubernetes.io/hostname", "topology.kubernetes.io/zone", "rack"];
    private readonly SeededRandom _random = new((ulong)seed);

    public int Below(int max) => (int)_random.Next(max);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(params T[] items) => items[Below(items.Length)];

    /// <summary>Nodes, pods on them, and whatever else decisions read.</summary>
    public IEnumerable<IApiObject> Objects(IReadOnlyList<Node> nodes, int maxPods)
    {
        var pods = Enumerable.Range(0, Below(maxPods + 1)).Select(i => Running(Pod() with { Metadata = Meta($"e{i}") with { Labels = Labels(), Uid = $"e{i}" } }, nodes[Below(nodes.Count)].Metadata.Name)).ToList();
        var pending = Enumerable.Range(0, Below(3)).Select(i => WithNomination(Pod() with { Metadata = Meta($"q{i}") with { Uid = $"q{i}" } }, nodes[Below(nodes.Count)].Metadata.Name));
        return
        [
            .. nodes, .. pods, .. pending,
            .. Chance(70) ? [Namespace("a")] : Array.Empty<IApiObject>(), .. Chance(70) ? [Namespace("b")] : Array.Empty<IApiObject>(),
            .. Enumerable.Range(0, Below(3)).Select(Service), ReplicaSet(), StatefulSet(), ReplicationController(), .. Enumerable.Range(0, Below(3)).Select(Budget),
        ];
    }

    public Service Service(int i) => new() { Metadata = Meta($"s{i}"), Spec = new() { Selector = Chance(15) ? StringMap<string>.Empty : Labels() } };

    public ReplicaSet ReplicaSet() => new() { Metadata = Meta("rs") with { Namespace = "a" }, Spec = new() { Selector = Selector() } };

    public StatefulSet StatefulSet() => new() { Metadata = Meta("ss") with { Namespace = "a" }, Spec = new() { Selector = Selector() } };

    public ReplicationController ReplicationController() => new() { Metadata = Meta("rc") with { Namespace = "a" }, Spec = new() { Selector = Labels() } };

    public PodDisruptionBudget Budget(int i) => new()
    {
        Metadata = Meta($"b{i}"),
        Spec = new() { Selector = Chance(10) ? null : Selector() },
        Status = new()
        {
            DisruptionsAllowed = Below(3),
            DisruptedPods = Chance(30) ? StringMap.Of((Pick("e0", "p0", "p1"), DateTimeOffset.UnixEpoch)) : StringMap<DateTimeOffset>.Empty,
        },
    };

    public Pod Pod()
    {
        var pod = new Pod
        {
            Metadata = Meta("p") with
            {
                Labels = Labels(),
                OwnerReferences = Chance(30)
                    ? [Pick<OwnerReference>(
                        new() { Kind = "ReplicaSet", Name = "rs", ApiVersion = "apps/v1", Controller = true },
                        new() { Kind = "StatefulSet", Name = "ss", ApiVersion = "apps/v1", Controller = true },
                        new() { Kind = "ReplicationController", Name = "rc", ApiVersion = "v1", Controller = true })]
                    : [],
            },
            Spec = new()
            {
                Containers = [.. Enumerable.Range(0, 1 + Below(2)).Select(_ => Container())],
                InitContainers = Chance(20) ? [Container()] : [],
                Overhead = Chance(15) ? StringMap.Of(("cpu", Quantity.Parse("250m")), ("memory", Quantity.Parse("64Mi"))) : StringMap<Quantity>.Empty,
                Priority = Pick<int?>(null, null, 0, 0, 1, 1, 5, 5, 10, 10, -1, int.MinValue),
                PreemptionPolicy = Chance(10) ? "Never" : null,
                Tolerations = [.. Enumerable.Range(0, Below(3)).Select(_ => new Toleration
                {
                    Key = Pick("", "t", "u", "node.kubernetes.io/unschedulable"), Operator = Pick("Exists", "Equal", ""), Value = Pick("", "x"), Effect = Pick("", "NoSchedule", "PreferNoSchedule"),
                })],
                NodeSelector = Chance(12) ? StringMap.Of(("disk", Pick("ssd", "hdd"))) : StringMap<string>.Empty,
                TopologySpreadConstraints = Chance(30)
                    ? [.. Enumerable.Range(0, 1 + Below(2)).Select(_ => new TopologySpreadConstraint
                    {
                        MaxSkew = 1 + Below(2), TopologyKey = Pick(Keys), WhenUnsatisfiable = Pick("DoNotSchedule", "ScheduleAnyway"), LabelSelector = Chance(5) ? null : Selector(), MinDomains = Chance(30) ? 1 + Below(4) : null,
                    })]
                    : [],
                Affinity = Chance(50) ? Affinity() : null,
            },
        };
        return Chance(6) ? WithNomination(pod, $"n{Below(12)}") : pod;
    }

    /// <summary>A pod that asks for nothing but resources.</summary>
    public Pod PlainPod() => new()
    {
        Metadata = Meta("p") with { Labels = Labels() },
        Spec = new() { Containers = [new() { Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("100Mi"))) } }], Priority = Pick<int?>(null, 10) },
    };

    /// <summary>A plain pod that is spread by some key, nearly always as far as can be only.</summary>
    public Pod SpreadPod()
    {
        var pod = PlainPod();
        return pod with
        {
            Spec = pod.Spec with
            {
                TopologySpreadConstraints = [new() { MaxSkew = 1 + Below(3), TopologyKey = Pick(Keys), WhenUnsatisfiable = Pick("ScheduleAnyway", "ScheduleAnyway", "DoNotSchedule"), LabelSelector = Selector() }],
            },
        };
    }

    private static Pod WithNomination(Pod pod, string node) => pod with { Status = pod.Status with { NominatedNodeName = node } };

    public Pod Running(Pod pod, string node) => pod with
    {
        Metadata = pod.Metadata with { DeletionTimestamp = Chance(15) ? DateTimeOffset.UnixEpoch : null },
        Spec = pod.Spec with { NodeName = node },
        Status = new() { Phase = Chance(5) ? "Succeeded" : "Running", StartTime = Chance(80) ? DateTimeOffset.UnixEpoch.AddSeconds(Below(4)) : null },
    };

    /// <summary>The node with something changed, or nothing.</summary>
    public Node Change(Node node, int i)
    {
        var other = Node(i);
        return Below(8) switch
        {
            0 => other,
            1 => node with { Metadata = other.Metadata },
            2 => node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With(Keys[1], $"z{Below(4)}") } },
            3 => node with { Metadata = node.Metadata with { Annotations = StringMap.Of(("seen", $"{Below(9)}")) } },
            4 => node with { Spec = node.Spec with { Unschedulable = !node.Spec.Unschedulable } },
            5 => node with { Spec = node.Spec with { Taints = other.Spec.Taints } },
            6 => node with { Status = node.Status with { Allocatable = other.Status.Allocatable } },
            _ => node with { Status = node.Status with { Images = other.Status.Images } },
        };
    }

    /// <summary>A node like many others.</summary>
    public Node PlainNode(int i, int zones, int racks = 0)
    {
        var labels = StringMap.Of((Keys[0], $"n{i}"), (Keys[1], $"z{i % zones}"));
        return new()
        {
            Metadata = new() { Name = $"n{i}", Labels = racks > 0 ? labels.With(Keys[2], $"r{i % racks}") : labels },
            Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.Parse("2")), ("memory", Quantity.Parse("4Gi")), ("pods", Quantity.Parse("10"))) },
        };
    }

    public Node Node(int i)
    {
        var labels = new Dictionary<string, string>();
        void Label(int percent, string key, string value)
        {
            if (Chance(percent))
            {
                labels[key] = value;
            }
        }

        Label(90, Keys[0], $"n{i}");
        Label(80, Keys[1], $"z{Below(3)}");
        Label(60, Keys[2], $"r{Below(2)}");
        Label(40, "disk", Pick("ssd", "hdd", "7"));
        Label(10, "failure-domain.beta.kubernetes.io/zone", "z0");
        return new()
        {
            Metadata = new() { Name = $"n{i}", Labels = labels.ToStringMap() },
            Spec = new()
            {
                Unschedulable = Chance(7),
                Taints = Chance(25) ? [new() { Key = Pick("t", "u"), Value = Pick("", "x"), Effect = Pick("NoSchedule", "PreferNoSchedule", "PreferNoSchedule", "NoExecute") }] : [],
            },
            Status = new()
            {
                Allocatable = new Dictionary<string, Quantity>
                {
                    ["cpu"] = Quantity.Parse(Pick("2", "4", "4", "8", "0", "1500m")),
                    ["memory"] = Quantity.Parse(Pick("2Gi", "4Gi", "4Gi", "8Gi", "1Gi")),
                    ["pods"] = Quantity.Parse(Pick("10", "20", "3", "110")),
                    ["example.com/gpu"] = Quantity.Parse(Pick("0", "1", "4")),
                }.ToStringMap(),
                Images = [.. Enumerable.Range(0, Below(3)).Select(k => new ContainerImage { Names = [Pick("i:latest", "r/j:1")], SizeBytes = (1 + Below(9)) * 100_000_000L })],
            },
        };
    }

    private Container Container()
    {
        var requests = new Dictionary<string, Quantity>();
        if (Chance(80))
        {
            requests["cpu"] = Quantity.Parse(Pick("0", "100m", "500m", "500m", "1", "1500m"));
        }

        if (Chance(70))
        {
            requests["memory"] = Quantity.Parse(Pick("0", "128Mi", "512Mi", "1Gi"));
        }

        if (Chance(10))
        {
            requests["example.com/gpu"] = Quantity.Parse(Pick("0", "1", "2"));
        }

        return new()
        {
            Image = Pick("", "i", "r/j:1", "k"),
            Resources = new() { Requests = requests.ToStringMap() },
            Ports = Chance(12) ? [new() { HostPort = Pick(80, 81), HostIP = Pick("", "10.0.0.1", "0.0.0.0"), Protocol = Pick("", "TCP", "UDP") }] : [],
        };
    }

    private Affinity Affinity() => new()
    {
        NodeAffinity = Chance(40)
            ? new()
            {
                RequiredDuringSchedulingIgnoredDuringExecution = Chance(40) ? new() { NodeSelectorTerms = [.. Enumerable.Range(0, 1 + Below(2)).Select(_ => NodeTerm())] } : null,
                PreferredDuringSchedulingIgnoredDuringExecution = Chance(60) ? [.. Enumerable.Range(0, 1 + Below(3)).Select(_ => new PreferredSchedulingTerm { Weight = 1 + Below(9), Preference = NodeTerm() })] : [],
            }
            : null,
        PodAffinity = Chance(40) ? new() { RequiredDuringSchedulingIgnoredDuringExecution = Terms(35), PreferredDuringSchedulingIgnoredDuringExecution = Weighted() } : null,
        PodAntiAffinity = Chance(40) ? new() { RequiredDuringSchedulingIgnoredDuringExecution = Terms(35), PreferredDuringSchedulingIgnoredDuringExecution = Weighted() } : null,
    };

    private NodeSelectorTerm NodeTerm() => Below(4) switch
    {
        0 => new() { MatchFields = [new() { Key = "metadata.name", Operator = Pick("In", "In", "NotIn"), Values = [$"n{Below(5)}"] }] },
        1 => new() { MatchExpressions = [new() { Key = "disk", Operator = Pick("Gt", "Lt"), Values = [Pick("5", "9", "-5")] }] },
        _ => new() { MatchExpressions = [new() { Key = Pick("disk", Keys[1]), Operator = Pick("In", "NotIn"), Values = [Pick("ssd", "z1")] }] },
    };

    private ImmutableArray<PodAffinityTerm> Terms(int percent) => Chance(percent) ? [.. Enumerable.Range(0, Pick(1, 1, 1, 2)).Select(_ => Term())] : [];

    private ImmutableArray<WeightedPodAffinityTerm> Weighted() => [.. Terms(50).Select(term => new WeightedPodAffinityTerm { Weight = 1 + Below(100), PodAffinityTerm = term })];

    private PodAffinityTerm Term() => new()
    {
        TopologyKey = Pick(Keys),
        LabelSelector = Chance(5) ? null : Chance(2) ? new() { MatchExpressions = [new() { Key = "app", Operator = "In" }] } : Selector(),
        Namespaces = Chance(15) ? ["b"] : [],
        NamespaceSelector = Chance(20) ? Pick<LabelSelector>(
            new(), new() { MatchLabels = StringMap.Of(("team", "x")) }, new() { MatchExpressions = [new() { Key = "team", Operator = "DoesNotExist" }] }) : null,
    };

    private LabelSelector Selector() => Below(6) switch
    {
        0 => new(),
        1 => new() { MatchExpressions = [new() { Key = "app", Operator = Pick("In", "NotIn"), Values = ["web"] }] },
        2 => new() { MatchExpressions = [new() { Key = Pick("tier", "tier", "tier", "pod-name"), Operator = Pick("Exists", "DoesNotExist") }] },
        _ => new() { MatchLabels = StringMap.Of(("app", Pick("web", "db"))) },
    };

    private StringMap<string> Labels() => Below(4) switch
    {
        0 => StringMap<string>.Empty,
        1 => StringMap.Of(("app", "web"), ("tier", "1")),
        _ => StringMap.Of(("app", Pick("web", "db"))),
    };

    private ObjectMeta Meta(string name) => new() { Name = name, Namespace = Pick("a", "a", "b") };

    public Namespace Namespace(string name) => new() { Metadata = new() { Name = name, Labels = Chance(50) ? StringMap.Of(("team", Pick("x", "y"))) : StringMap<string>.Empty } };
}
