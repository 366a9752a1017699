using System.Globalization;
using K124.Sim.Model;
using static K124.Sim.Benchmarks.Scheduling.Shapes;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>The workloads: scheduler_perf's, and some of ours beside them.</summary>
/// <remarks>Pods that are there are spread over the nodes in turn. scheduler_perf measures 500 and 5,000 nodes with the counts it lists; here they
/// grow with the nodes in the same proportion, as far as the pods fit.</remarks>
public static class SchedulingWorkloads
{
    private const string Web = "web";
    private const int SelectedNamespaces = 100;
    private const int SpreadServices = 10;

    public static IReadOnlyList<SchedulingWorkload> All { get; } =
    [
        new() { Name = "SchedulingBasic", Templates = [Plain], QuickNodes = [100, 1_000, 5_000] },
        new() { Name = "SchedulingBasicOwnSpecs", Templates = [Plain], HasOwnSpecs = true },
        new() { Name = "SchedulingTenShapes", Templates = [.. Enumerable.Range(1, 10).Select(static i => Template($"{40 * i}m", $"{100 * i}Mi"))] },
        new()
        {
            Name = "DefaultTopologySpreading",
            ExistingPods = static _ => 0,
            Objects = [.. Enumerable.Range(0, SpreadServices).Select(ServiceOf)],
            Templates = [.. Enumerable.Range(0, SpreadServices).Select(static i => Template("100m", "500Mi", ColorOf(i)))],
            MeasuredPods = static nodes => 10 * nodes,
        },
        new()
        {
            Name = "TopologySpreading",
            Nodes = static count => Shapes.Nodes(count, "moon-1", "moon-2", "moon-3"),
            Templates = [Template("100m", "500Mi", "blue").Spread("blue", "DoNotSchedule")],
            MeasuredPods = static nodes => nodes,
        },
        new()
        {
            Name = "PreferredTopologySpreading",
            Nodes = static count => Shapes.Nodes(count, "moon-1", "moon-2", "moon-3"),
            Templates = [Template("100m", "500Mi", "blue").Spread("blue", "ScheduleAnyway")],
            MeasuredPods = static nodes => nodes,
        },
        new()
        {
            Name = "SchedulingPodAntiAffinity",
            ExistingTemplates = [Template("100m", "500Mi", "green").In(SetupNamespace).With(Repelled(Term("green", Hostname, TestNamespace, SetupNamespace)))],
            ExistingPods = static nodes => nodes / 5,
            Templates = [Template("100m", "500Mi", "green").With(Repelled(Term("green", Hostname, TestNamespace, SetupNamespace)))],
            MeasuredPods = static nodes => nodes / 5,
        },
        new()
        {
            Name = "SchedulingPodAntiAffinityElsewhere",
            ExistingTemplates = [Template("100m", "500Mi", "green").In(SetupNamespace).With(Repelled(Term("green", Hostname, "sched-0", "sched-1")))],
            ExistingPods = static nodes => nodes / 5,
            Templates = [Template("100m", "500Mi", "green").With(Repelled(Term("green", Hostname, "sched-0", "sched-1")))],
            MeasuredPods = static nodes => nodes / 5,
        },
        new()
        {
            Name = "SchedulingPodAffinity",
            Nodes = static count => Shapes.Nodes(count, "zone1"),
            ExistingTemplates = [Template("100m", "500Mi", "blue").In(SetupNamespace).With(Attracted(Term("blue", Zone, TestNamespace, SetupNamespace)))],
            Templates = [Template("100m", "500Mi", "blue").With(Attracted(Term("blue", Zone, TestNamespace, SetupNamespace)))],
            MeasuredPods = static nodes => nodes,
        },
        new()
        {
            Name = "SchedulingPreferredPodAffinity",
            ExistingTemplates = [Template("100m", "500Mi", "red").In(SetupNamespace).With(Preferring(Term("red", Hostname, TestNamespace, SetupNamespace)))],
            Templates = [Template("100m", "500Mi", "red").With(Preferring(Term("red", Hostname, TestNamespace, SetupNamespace)))],
            MeasuredPods = static nodes => nodes,
        },
        new()
        {
            Name = "SchedulingPreferredPodAntiAffinity",
            ExistingTemplates = [Template("100m", "500Mi", "yellow").In(SetupNamespace).With(Avoiding(Term("yellow", Hostname, TestNamespace, SetupNamespace)))],
            Templates = [Template("100m", "500Mi", "yellow").With(Avoiding(Term("yellow", Hostname, TestNamespace, SetupNamespace)))],
            MeasuredPods = static nodes => nodes,
        },
        new()
        {
            Name = "SchedulingNodeAffinity",
            Nodes = static count => Shapes.Nodes(count, "zone1"),
            Templates = [Plain.With(OnNodes("zone1"))],
        },
        new() { Name = "SchedulingNodeAffinityAndTaints", Nodes = TaintedNodes, Templates = [.. AffinityAndTolerations()] },
        new()
        {
            Name = "SchedulingNSSelectorAntiAffinity",
            Objects = [.. Enumerable.Range(0, SelectedNamespaces).Select(static i => new Namespace { Metadata = new() { Name = $"init-ns-{i}", Labels = StringMap.Of(("team", "devops")) } })],
            ExistingTemplates = [.. Enumerable.Range(0, SelectedNamespaces).Select(static i => Template("100m", "500Mi", "green").In($"init-ns-{i}").With(Repelled(AnyTeam("green"))))],
            ExistingPods = static nodes => Math.Min(40 * SelectedNamespaces, nodes * 4 / 5),
            Templates = [Template("100m", "500Mi", "green").In("init-ns-0").With(Repelled(AnyTeam("green")))],
            MeasuredPods = static nodes => nodes / 10,
        },
        new()
        {
            Name = "SchedulingSecrets",
            ExistingTemplates = [WithSecret(Plain)],
            Templates = [WithSecret(Plain)],
            MeasuredPods = static nodes => nodes,
        },
        new() { Name = "SchedulingInTreePVs", ClaimsOf = OwnVolumes.InTree, MeasuredPods = static nodes => nodes, Templates = [Plain] },
        new() { Name = "SchedulingMigratedInTreePVs", ObjectOf = OwnVolumes.Migrated, ClaimsOf = OwnVolumes.InTree, MeasuredPods = static nodes => nodes, Templates = [Plain] },
        new() { Name = "SchedulingCSIPVs", ObjectOf = OwnVolumes.Attaching, ClaimsOf = OwnVolumes.CSI, MeasuredPods = static nodes => nodes, Templates = [Plain] },
        new()
        {
            Name = "SchedulingLateBinding",
            Objects = OwnVolumes.Tracking,
            ObjectOf = OwnVolumes.Capacity,
            ClaimsOf = OwnVolumes.Late,
            ExistingPods = static _ => 0,
            MeasuredPods = static nodes => nodes,
            Templates = [Plain],
            QuickNodes = [1_000, 5_000],
            MaxReferenceNodes = 1_000,
        },
        new() { Name = "MixedSchedulingBasePod", ExistingTemplates = [.. FiveKinds()], ExistingPods = static nodes => 2 * nodes, Templates = [.. FiveKinds()], MeasuredPods = static nodes => nodes },
        new()
        {
            Name = "MixedChurn",
            Kind = WorkloadKind.PlaceWithChurn,
            ExistingTemplates = [.. FiveKinds()],
            ExistingPods = static nodes => 2 * nodes,
            Templates = [.. FiveKinds()],
            MeasuredPods = static nodes => nodes,
        },
        new()
        {
            Name = "ProductionMix",
            Kind = WorkloadKind.PlaceWithChurn,
            Nodes = ProductionMix.Nodes,
            Objects = ProductionMix.Services,
            ObjectOf = OwnVolumes.Attaching,
            ClaimsOf = OwnVolumes.CSI,
            HasClaim = ProductionMix.HasClaim,
            ExistingTemplates = ProductionMix.Sequence,
            Templates = ProductionMix.Sequence,
            MeasuredPods = static nodes => 4 * nodes,
            QuickRounds = 10,
        },
        new()
        {
            Name = "PreemptionBasic",
            Kind = WorkloadKind.Preempt,
            ExistingTemplates = [Template("900m", "500Mi")],
            ExistingPods = static nodes => 4 * nodes,
            Templates = [WithPriority(Template("3000m", "500Mi"), 10)],
            MeasuredPods = static nodes => nodes,
            QuickNodes = [500, 5_000],
        },
        new()
        {
            Name = "Unschedulable",
            Kind = WorkloadKind.Reject,
            Templates = [Plain, WithPriority(Template("9", "500Mi"), 0)],
        },
    ];

    /// <summary>The workload for the placing of 30 pods a node.</summary>
    public static SchedulingWorkload Fill { get; } = new() { Name = "Fill", ExistingPods = static _ => 0, Templates = [Plain], MeasuredPods = static nodes => 30 * nodes };

    public static SchedulingWorkload Find(string name) => All.First(workload => workload.Name == name);

    private static string ColorOf(int i) => Web + i.ToString(CultureInfo.InvariantCulture);

    private static Service ServiceOf(int i) =>
        new() { Metadata = new() { Name = ColorOf(i), Namespace = TestNamespace }, Spec = new() { Selector = StringMap.Of(("color", ColorOf(i))) } };

    /// <summary>No decision reads what a volume of a Secret names, and the model leaves it out: such a volume has a name only.</summary>
    private static Pod WithSecret(Pod pod) => pod with { Spec = pod.Spec with { Volumes = [new() { Name = "secret" }] } };

    private static Pod WithPriority(Pod pod, int priority) => pod with { Spec = pod.Spec with { Priority = priority } };

    private static PodAffinityTerm AnyTeam(string color) => Term(color, Hostname) with { NamespaceSelector = new() { MatchLabels = StringMap.Of(("team", "devops")) } };

    /// <summary>Nodes in three zones, every fourth one shunned and every fifth one closed to pods that do not tolerate it.</summary>
    private static IEnumerable<Node> TaintedNodes(int count) => Shapes.Nodes(count, "zone1", "zone2", "zone3").Select(static (node, i) => node with
    {
        Spec = node.Spec with
        {
            Taints =
            [
                .. i % 4 == 0 ? [new() { Key = "spot", Value = "yes", Effect = "PreferNoSchedule" }] : Array.Empty<Taint>(),
                .. i % 5 == 0 ? [new() { Key = "dedicated", Value = "batch", Effect = "NoSchedule" }] : Array.Empty<Taint>(),
            ],
        },
    });

    private static IEnumerable<Pod> AffinityAndTolerations()
    {
        Toleration spot = new() { Key = "spot", Operator = "Exists" };
        Toleration batch = new() { Key = "dedicated", Value = "batch", Effect = "NoSchedule" };
        return
        [
            Plain,
            Plain.With(OnNodes("zone1")),
            Plain.With(OnNodes("zone1", "zone2")),
            Plain.With(PreferringNodes(10, "zone3")),
            Plain with { Spec = Plain.Spec with { Tolerations = [batch] } },
            Plain with { Spec = Plain.Spec with { Tolerations = [spot, batch], Affinity = PreferringNodes(5, "zone2") } },
        ];
    }

    private static IEnumerable<Pod> FiveKinds() =>
    [
        Plain,
        Template("100m", "500Mi", "blue").With(Attracted(Term("blue", Zone))),
        Template("100m", "500Mi", "green").With(Repelled(Term("green", Hostname))),
        Template("100m", "500Mi", "red").With(Preferring(Term("red", Hostname))),
        Template("100m", "500Mi", "yellow").With(Avoiding(Term("yellow", Hostname))),
    ];
}
