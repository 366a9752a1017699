using K124.Sim;
using K124.Sim.Model;

namespace CapacityPlanning;

/// <summary>Makes the sample's cluster: 500 nodes of four shapes in three zones, and 5,000 pods of 250 workloads, all of them pending.</summary>
/// <remarks>Everything is drawn from one seed, so the cluster is the same on every machine. Shapes: 60 % general (8 cores, 32 GiB), 20 %
/// large (32 cores, 128 GiB), 15 % memory (16 cores, 128 GiB), 5 % GPU (16 cores, 64 GiB, 4 GPUs, tainted). Workloads are ReplicaSets with a
/// Service each, so that 1.24 spreads their pods over nodes and zones by default.</remarks>
internal static class SampleCluster
{
    private const int NodeCount = 500;
    private const int WorkloadCount = 250;
    private const int PodCount = 5_000;

    private static readonly Shape[] Shapes =
    [
        new("general", 60, "8", "32Gi", 0),
        new("large", 20, "32", "128Gi", 0),
        new("memory", 15, "16", "128Gi", 0),
        new("gpu", 5, "16", "64Gi", 4),
    ];

    private static readonly (string Cpu, string Memory)[] Requests =
        [("100m", "128Mi"), ("250m", "512Mi"), ("500m", "1Gi"), ("1", "2Gi"), ("2", "4Gi"), ("500m", "6Gi")];

    public static Cluster Create(ulong seed)
    {
        var random = new SeededRandom(seed);
        Node[] nodes = [.. Enumerable.Range(0, NodeCount).Select(i => CreateNode(i, random))];
        var objects = new List<IApiObject>(nodes);
        for (var i = 0; i < WorkloadCount; i++)
        {
            objects.AddRange(CreateWorkload(i, random));
        }

        return Cluster.Of(objects);
    }

    private static Node CreateNode(int index, SeededRandom random)
    {
        var draw = random.Next(100);
        var shape = Shapes.First(candidate => (draw -= candidate.Percent) < 0);
        var name = $"node-{index:d3}";
        var allocatable = StringMap.Of(("cpu", Quantity.Parse(shape.Cpu)), ("memory", Quantity.Parse(shape.Memory)), ("pods", Quantity.FromUnits(110)));
        return new()
        {
            Metadata = new()
            {
                Name = name,
                Labels = StringMap.Of(
                    ("kubernetes.io/hostname", name), ("node.kubernetes.io/instance-type", shape.Name), ("topology.kubernetes.io/zone", $"zone-{(char)('a' + (index % 3))}")),
            },
            Spec = new() { Taints = shape.Gpus > 0 ? [new() { Key = "nvidia.com/gpu", Value = "present", Effect = "NoSchedule" }] : [] },
            Status = new() { Allocatable = shape.Gpus > 0 ? allocatable.With("nvidia.com/gpu", Quantity.FromUnits(shape.Gpus)) : allocatable },
        };
    }

    private static IEnumerable<IApiObject> CreateWorkload(int index, SeededRandom random)
    {
        var name = $"app-{index:d3}";
        var ns = $"team-{index % 12:d2}";
        var labels = StringMap.Of(("app", name));
        var (cpu, memory) = Requests[random.Next(Requests.Length)];
        var spec = new PodSpec
        {
            Containers = [new() { Name = "main", Image = $"{name}:v1", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory))) } }],
        };
        yield return new Service { Metadata = new() { Name = name, Namespace = ns }, Spec = new() { Selector = labels } };

        var set = new ReplicaSet
        {
            Metadata = new() { Name = name, Namespace = ns },
            Spec = new()
            {
                Replicas = PodCount / WorkloadCount,
                Selector = new() { MatchLabels = labels },
                Template = new() { Metadata = new() { Labels = labels }, Spec = spec },
            },
        };
        yield return set;

        for (var replica = 0; replica < PodCount / WorkloadCount; replica++)
        {
            yield return new Pod
            {
                Metadata = new()
                {
                    Name = $"{name}-{replica}",
                    Namespace = ns,
                    Labels = labels,
                    OwnerReferences = [new() { ApiVersion = set.ApiVersion, Kind = set.Kind, Name = name, Controller = true }],
                },
                Spec = spec,
            };
        }
    }

    private sealed record Shape(string Name, int Percent, string Cpu, string Memory, int Gpus);
}
