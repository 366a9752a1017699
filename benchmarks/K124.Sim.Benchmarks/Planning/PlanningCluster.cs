using K124.Sim.Model;
using K124.Sim.Planning.Growth;

namespace K124.Sim.Benchmarks.Planning;

/// <summary>A cluster of three zones whose nodes are about three quarters full, and pods to ask about.</summary>
internal static class PlanningCluster
{
    private const int PodsPerWorkload = 100;

    private static readonly int[] CpuMilli = [50, 100, 150, 200, 250, 300, 400, 500, 750, 1000];
    private static readonly int[] MemoryMebi = [128, 256, 512, 1024, 2048];

    public static NodeTemplate Template { get; } = new(Node("new", 0));

    public static Cluster Create(int nodes, int podsPerNode)
    {
        var random = new SeededRandom(18);
        var objects = new List<IApiObject>();
        for (var i = 0; i < nodes; i++)
        {
            objects.Add(Node($"node-{i:d4}", i));
        }

        var pods = nodes * podsPerNode;
        for (var workload = 0; workload < pods / PodsPerWorkload; workload++)
        {
            var name = $"app-{workload:d4}";
            var set = new ReplicaSet
            {
                Metadata = new() { Name = name, Namespace = "shop" },
                Spec = new() { Replicas = PodsPerWorkload, Selector = new() { MatchLabels = StringMap.Of(("app", name)) }, Template = new() { Metadata = new() { Labels = StringMap.Of(("app", name)) }, Spec = Spec((int)random.Next(50)) } },
            };
            objects.Add(set);
            for (var replica = 0; replica < PodsPerWorkload; replica++)
            {
                var number = (workload * PodsPerWorkload) + replica;
                objects.Add(new Pod
                {
                    Metadata = new() { Name = $"{name}-{replica}", Namespace = "shop", Labels = set.Spec.Template.Metadata.Labels, OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = name, Controller = true }] },
                    Spec = set.Spec.Template.Spec with { NodeName = $"node-{(int)(number * 7919L % nodes):d4}" },
                    Status = new() { Phase = "Running" },
                });
            }
        }

        return Cluster.Of(objects);
    }

    public static Pod Shape(int index) => new() { Metadata = new() { Name = $"shape-{index}", Namespace = "shop" }, Spec = Spec(index) };

    public static Pod Further(int index) => new() { Metadata = new() { Name = $"further-{index}", Namespace = "shop" }, Spec = Larger[index % Larger.Length] };

    /// <summary>Of these each node of the cluster has room for a few, most need new ones.</summary>
    private static readonly PodSpec[] Larger = [.. Enumerable.Range(0, 50).Select(static i => Requesting(1_000 + (170 * i), 1_024 + (613 * (i % 7))))];

    private static PodSpec Spec(int index) => Requesting(CpuMilli[index % CpuMilli.Length], MemoryMebi[index / CpuMilli.Length % MemoryMebi.Length]);

    private static PodSpec Requesting(int cpuMilli, int memoryMebi) => new()
    {
        Containers = [new() { Name = "main", Image = "app:v1", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.FromMilli(cpuMilli)), ("memory", Quantity.FromUnits((long)memoryMebi << 20, QuantityFormat.BinarySI))) } }],
    };

    private static Node Node(string name, int index) => new()
    {
        Metadata = new() { Name = name, Labels = StringMap.Of(("kubernetes.io/hostname", name), ("node.kubernetes.io/instance-type", "large"), ("topology.kubernetes.io/zone", $"zone-{(char)('a' + (index % 3))}")) },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.FromUnits(16)), ("memory", Quantity.FromUnits(64L << 30, QuantityFormat.BinarySI)), ("pods", Quantity.FromUnits(110))) },
    };
}
