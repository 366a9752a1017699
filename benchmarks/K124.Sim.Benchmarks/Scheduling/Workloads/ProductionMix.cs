using System.Globalization;
using K124.Sim.Model;
using static K124.Sim.Benchmarks.Scheduling.Shapes;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>What a production cluster has: a thousand kinds of pods, few of them with very many pods; generated from a seed.</summary>
/// <remarks>Nearly half are Deployments behind Services, some of them spread or kept apart; a quarter are Jobs, a fifth StatefulSets with a volume a pod; the rest asks
/// for GPUs, likes or dislikes other pods, or runs on one node as a daemon does. Sizes are those of shared clusters: mostly fractions of a core.</remarks>
internal static class ProductionMix
{
    /// <summary>The label by which each pod of a StatefulSet has a value of its own.</summary>
    public const string PodNameLabel = "statefulset.kubernetes.io/pod-name";

    private const int Kinds = 1_000;
    private const int Draws = 5_000;
    private const int GpuInterval = 10;
    private const int DaemonNodes = 500;
    private const string Gpu = "nvidia.com/gpu";

    private static readonly string[] Cores = ["50m", "100m", "100m", "200m", "250m", "500m", "1", "2"];
    private static readonly string[] Memory = ["64Mi", "128Mi", "256Mi", "512Mi", "1Gi", "2Gi", "4Gi"];
    private static readonly SeededRandom Random = SeededRandom.Stream(19, nameof(ProductionMix));
    private static readonly Pod[] Templates = [.. Enumerable.Range(0, Kinds).Select(Template)];

    /// <summary>The kinds in the order in which their pods come: the n-th kind has a share of 1/n.</summary>
    public static IReadOnlyList<Pod> Sequence { get; } = Draw();

    /// <summary>A Service for each Deployment and StatefulSet.</summary>
    public static IReadOnlyList<IApiObject> Services { get; } =
    [
        .. Templates.Where(static pod => pod.Metadata.Labels.ContainsKey("app")).Select(static pod => new Service
        {
            Metadata = new() { Name = pod.Metadata.Labels["app"], Namespace = pod.Metadata.Namespace },
            Spec = new() { Selector = StringMap.Of(("app", pod.Metadata.Labels["app"])) },
        }),
    ];

    /// <summary>Whether the pods of a template have a volume each.</summary>
    public static bool HasClaim(Pod pod) => pod.Metadata.Labels.ContainsKey(PodNameLabel);

    /// <summary>Nodes in three zones; every tenth has GPUs, and is closed to pods that do not ask for them.</summary>
    public static IEnumerable<Node> Nodes(int count) => Shapes.Nodes(count, "zone1", "zone2", "zone3").Select(static (node, i) => i % GpuInterval != 0 ? node : node with
    {
        Metadata = node.Metadata with { Labels = node.Metadata.Labels.With("accelerator", "gpu") },
        Spec = node.Spec with { Taints = [new() { Key = Gpu, Value = "present", Effect = "NoSchedule" }] },
        Status = node.Status with { Allocatable = node.Status.Allocatable.With(Gpu, Quantity.FromUnits(8)) },
    });

    private static Pod[] Draw()
    {
        var shares = Enumerable.Range(1, Kinds).Select(static rank => 1.0 / rank).ToArray();
        var total = shares.Sum();
        return [.. Enumerable.Range(0, Draws).Select(_ => Templates[Pick(shares, total)])];
    }

    private static int Pick(double[] shares, double total)
    {
        const int Grain = 1 << 20;
        var at = total * Below(Grain) / Grain;
        var kind = 0;
        for (; kind < shares.Length - 1 && at >= shares[kind]; kind++)
        {
            at -= shares[kind];
        }

        return kind;
    }

    private static Pod Template(int i)
    {
        var name = "k" + i.ToString(CultureInfo.InvariantCulture);
        var pod = Sized(name);
        return Below(100) switch
        {
            < 25 => Labelled(pod, ("app", name), ("pod-template-hash", name)),
            < 35 => Labelled(pod, ("app", name)).SpreadBy(name, "ScheduleAnyway"),
            < 41 => Labelled(pod, ("app", name)).SpreadBy(name, "DoNotSchedule"),
            < 46 => Labelled(pod, ("app", name)).With(Avoiding(ByApp(name, Hostname))),
            < 66 => Labelled(pod, ("app", name), (PodNameLabel, "")),
            < 91 => Labelled(pod, ("job-name", name), ("controller-uid", name)),
            < 95 => WithGpu(Labelled(pod, ("job-name", name))),
            < 97 => Labelled(pod, ("app", name)).With(Repelled(ByApp(name, Hostname))),
            < 99 => Labelled(pod, ("app", name)).With(Preferring(ByApp("k" + Below(Kinds).ToString(CultureInfo.InvariantCulture), Zone))),
            _ => Tolerant(Labelled(pod, ("daemon", name)).With(OnNode(Below(DaemonNodes)))),
        };
    }

    private static Pod Sized(string name)
    {
        var (cpu, memory) = (Cores[Below(Cores.Length)], Memory[Below(Memory.Length)]);
        var pod = Shapes.Template(cpu, memory);
        return pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Name = name, Image = $"registry.example.com/{name}:1" }] } };
    }

    private static Pod Labelled(Pod pod, params ReadOnlySpan<(string, string)> labels) => pod with { Metadata = pod.Metadata with { Labels = StringMap.Of(labels) } };

    private static Pod SpreadBy(this Pod pod, string app, string whenUnsatisfiable) => pod with
    {
        Spec = pod.Spec with
        {
            TopologySpreadConstraints =
            [
                new() { MaxSkew = 5, TopologyKey = Zone, WhenUnsatisfiable = whenUnsatisfiable, LabelSelector = new() { MatchLabels = StringMap.Of(("app", app)) } },
            ],
        },
    };

    private static Pod WithGpu(Pod pod)
    {
        var container = pod.Spec.Containers[0];
        return pod with
        {
            Spec = pod.Spec with
            {
                Containers = [container with { Resources = container.Resources with { Requests = container.Resources.Requests.With(Gpu, Quantity.FromUnits(1)) } }],
                NodeSelector = StringMap.Of(("accelerator", "gpu")),
                Tolerations = [new() { Key = Gpu, Operator = "Exists", Effect = "NoSchedule" }],
            },
        };
    }

    private static Pod Tolerant(Pod pod) => pod with { Spec = pod.Spec with { Tolerations = [new() { Operator = "Exists" }] } };

    private static PodAffinityTerm ByApp(string app, string key) => new() { TopologyKey = key, LabelSelector = new() { MatchLabels = StringMap.Of(("app", app)) } };

    private static Affinity OnNode(int i) => new()
    {
        NodeAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new()
            {
                NodeSelectorTerms = [new() { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = [$"node-{i.ToString("d6", CultureInfo.InvariantCulture)}"] }] }],
            },
        },
    };

    private static int Below(int count) => (int)Random.Next(count);
}
