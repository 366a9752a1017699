using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>The nodes and pods of scheduler_perf.</summary>
internal static class Shapes
{
    public const string Hostname = "kubernetes.io/hostname";
    public const string Zone = "topology.kubernetes.io/zone";
    public const string TestNamespace = "sched-test";
    public const string SetupNamespace = "sched-setup";

    private static readonly StringMap<Quantity> Allocatable =
        StringMap.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110")));

    /// <summary>Asks for 100m and 500Mi.</summary>
    public static Pod Plain { get; } = Template("100m", "500Mi");

    public static IEnumerable<Node> Nodes(int count, params string[] zones) => Enumerable.Range(0, count).Select(i => Node($"node-{i.ToString("d6", CultureInfo.InvariantCulture)}", zones[i % zones.Length]));

    public static Node Node(string name, string zone) => new()
    {
        Metadata = new() { Name = name, Labels = StringMap.Of((Hostname, name), (Zone, zone)) },
        Status = new() { Allocatable = Allocatable, Capacity = Allocatable },
    };

    public static Pod Template(string cpu, string memory, string color = "")
    {
        var amounts = StringMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)));
        return new()
        {
            Metadata = new() { Name = "template", Namespace = TestNamespace, Labels = color.Length > 0 ? StringMap.Of(("color", color)) : StringMap<string>.Empty },
            Spec = new() { Containers = [new() { Name = "pause", Image = "registry.k8s.io/pause:3.7", Resources = new() { Requests = amounts, Limits = amounts } }], Priority = 0 },
        };
    }

    public static Pod In(this Pod pod, string space) => pod with { Metadata = pod.Metadata with { Namespace = space } };

    public static Pod With(this Pod pod, Affinity affinity) => pod with { Spec = pod.Spec with { Affinity = affinity } };

    public static PodAffinityTerm Term(string color, string key, params ImmutableArray<string> namespaces) => new()
    {
        TopologyKey = key,
        LabelSelector = new() { MatchLabels = StringMap.Of(("color", color)) },
        Namespaces = namespaces,
    };

    public static Affinity Attracted(PodAffinityTerm term) => new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] } };

    public static Affinity Repelled(PodAffinityTerm term) => new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] } };

    public static Affinity Preferring(PodAffinityTerm term) =>
        new() { PodAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 1, PodAffinityTerm = term }] } };

    public static Affinity Avoiding(PodAffinityTerm term) =>
        new() { PodAntiAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 1, PodAffinityTerm = term }] } };

    public static Affinity OnNodes(params ImmutableArray<string> zones) => new()
    {
        NodeAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchExpressions = [InZones(zones)] }] },
        },
    };

    public static Affinity PreferringNodes(int weight, params ImmutableArray<string> zones) => new()
    {
        NodeAffinity = new()
        {
            PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = weight, Preference = new() { MatchExpressions = [InZones(zones)] } }],
        },
    };

    public static Pod Spread(this Pod pod, string color, string whenUnsatisfiable) => pod with
    {
        Spec = pod.Spec with
        {
            TopologySpreadConstraints =
            [
                new() { MaxSkew = 5, TopologyKey = Zone, WhenUnsatisfiable = whenUnsatisfiable, LabelSelector = new() { MatchLabels = StringMap.Of(("color", color)) } },
            ],
        },
    };

    private static NodeSelectorRequirement InZones(ImmutableArray<string> zones) => new() { Key = Zone, Operator = "In", Values = zones };
}
