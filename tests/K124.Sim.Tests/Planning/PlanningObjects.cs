using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Planning;

/// <summary>Small objects for planning tests, and generated clusters.</summary>
internal static class PlanningObjects
{
    public static Node NodeOf(string name, string cpu = "4", string memory = "8Gi", int pods = 110, params Taint[] taints) => new()
    {
        Metadata = new() { Name = name, Labels = StringMap.Of(("kubernetes.io/hostname", name)) },
        Spec = new() { Taints = [.. taints] },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)), ("pods", Quantity.FromUnits(pods))) },
    };

    public static PodSpec SpecOf(string cpu = "1", string memory = "1Gi") => new()
    {
        Containers = [new() { Name = "c", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory))) } }],
    };

    public static Pod PodOf(string name, string cpu = "1", string memory = "1Gi", string node = "", int? priority = null) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = name },
        Spec = SpecOf(cpu, memory) with { NodeName = node, Priority = priority },
    };

    public static PodTemplateSpec TemplateOf(string app = "web", PodSpec? spec = null) =>
        new() { Metadata = new() { Labels = StringMap.Of(("app", app)) }, Spec = spec ?? SpecOf() };

    public static ObjectMeta MetaOf(string name) => new() { Name = name, Namespace = "shop" };

    /// <summary>Clusters of 1 to 6 nodes, some tainted or tiny, with pods on them and pending ones.</summary>
    public static Arbitrary<Cluster> Clusters => Arb.From(
        from nodes in Gen.Choose(1, 6)
        from shapes in Gen.Choose(0, 3).ListOf(nodes)
        from taints in Gen.Choose(0, 3).ListOf(nodes)
        from placed in Gen.Choose(0, 8)
        from hosts in Gen.Choose(0, nodes - 1).ListOf(placed)
        from pending in Gen.Choose(0, 12)
        from sizes in Gen.Choose(0, 3).ListOf(placed + pending)
        from priorities in Gen.Choose(0, 2).ListOf(placed + pending)
        select Cluster.Of(
        [
            .. Enumerable.Range(0, nodes).Select(i => NodeOf(
                $"n{i}",
                new[] { "0", "1", "2500m", "8" }[shapes[i]],
                new[] { "1Gi", "2Gi", "8Gi", "16Gi" }[shapes[i]],
                3 + (4 * shapes[i]),
                taints[i] == 0 ? [new Taint { Key = "k", Effect = "NoSchedule" }] : [])),
            .. Enumerable.Range(0, placed + pending).Select(i => PodOf(
                $"p{i}",
                new[] { "0", "250m", "1", "3" }[sizes[i]],
                new[] { "0", "128Mi", "1Gi", "3Gi" }[sizes[i]],
                i < placed ? $"n{hosts[i]}" : "",
                priorities[i])),
        ]));
}
