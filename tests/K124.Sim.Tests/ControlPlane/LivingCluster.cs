using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Tests.ControlPlane;

/// <summary>Small clusters and workloads.</summary>
internal static class LivingCluster
{
    public static Cluster Of(int nodes) => Cluster.Of(
    [
        new Namespace { Metadata = new() { Name = "default" } },
        .. Enumerable.Range(0, nodes).Select(static i => Node(string.Create(CultureInfo.InvariantCulture, $"n{i}"))),
    ]);

    public static Node Node(string name)
    {
        var amounts = StringMap.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("8Gi")), ("pods", Quantity.Parse("20")));
        return new()
        {
            Metadata = new() { Name = name, Labels = StringMap.Of(("kubernetes.io/hostname", name)) },
            Status = new() { Allocatable = amounts, Capacity = amounts },
        };
    }

    public static Pod Pod(string name, int cpuMilli) => new() { Metadata = new() { Name = name, Namespace = "default" }, Spec = Spec(cpuMilli) };

    public static Job Job(string name, int completions, int parallelism) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { Completions = completions, Parallelism = parallelism, Template = new() { Spec = Spec(100) with { RestartPolicy = "Never" } } },
    };

    public static Deployment Deployment(string name, int replicas) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new()
        {
            Replicas = replicas,
            Selector = new() { MatchLabels = StringMap.Of(("app", name)) },
            Template = new() { Metadata = new() { Labels = StringMap.Of(("app", name)) }, Spec = Spec(100) },
        },
    };

    private static PodSpec Spec(int cpuMilli) => new()
    {
        Containers =
        [
            new()
            {
                Name = "c",
                Image = "app:1",
                Resources = cpuMilli == 0 ? new() : new() { Requests = StringMap.Of(("cpu", Quantity.Parse(string.Create(CultureInfo.InvariantCulture, $"{cpuMilli}m")))) },
            },
        ],
    };
}
