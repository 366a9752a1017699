using K124.Sim.Model;

namespace K124.Sim.Benchmarks;

/// <summary>Nodes, classes, volumes, claims and pods for the storage benchmarks.</summary>
internal static class StorageData
{
    private const string Driver = "lvm.csi.example.com";

    /// <summary>Nodes in three zones, a class that waits for pods, a driver that publishes its capacity, and one capacity object a node.</summary>
    public static IEnumerable<IApiObject> TrackedCluster(int nodes)
    {
        yield return new StorageClass { Metadata = new() { Name = "lvm" }, Provisioner = Driver, VolumeBindingMode = "WaitForFirstConsumer" };
        yield return new CSIDriver { Metadata = new() { Name = Driver }, Spec = new() { StorageCapacity = true } };
        for (var i = 0; i < nodes; i++)
        {
            yield return Node(i);
            yield return new CSIStorageCapacity
            {
                Metadata = new() { Name = $"csisc-{i:d5}", Namespace = "kube-system" },
                StorageClassName = "lvm",
                NodeTopology = new() { MatchLabels = StringMap.Of(("kubernetes.io/hostname", Name(i))) },
                Capacity = Quantity.FromUnits(((i % 7) + 1L) << 32),
            };
        }
    }

    /// <summary>Nodes and local volumes, spread over the nodes, of sizes from 1 to 64 GiB.</summary>
    public static IEnumerable<IApiObject> LocalVolumes(int nodes, int volumes)
    {
        yield return new StorageClass { Metadata = new() { Name = "local" }, Provisioner = "kubernetes.io/no-provisioner", VolumeBindingMode = "WaitForFirstConsumer" };
        for (var i = 0; i < nodes; i++)
        {
            yield return Node(i);
        }

        for (var i = 0; i < volumes; i++)
        {
            yield return new PersistentVolume
            {
                Metadata = new() { Name = $"pv-{i:d5}" },
                Spec = new()
                {
                    StorageClassName = "local",
                    AccessModes = ["ReadWriteOnce"],
                    Capacity = StringMap.Of(("storage", Quantity.FromUnits(((i * 37L % 64) + 1) << 30))),
                    NodeAffinity = new()
                    {
                        Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "kubernetes.io/hostname", Operator = "In", Values = [Name(i % nodes)] }] }] },
                    },
                },
                Status = new() { Phase = "Available" },
            };
        }
    }

    public static PersistentVolumeClaim Claim(string className, int number, long gibibytes) => new()
    {
        Metadata = new() { Name = $"data-db-{number}", Namespace = "default", Uid = $"claim-{number}" },
        Spec = new()
        {
            StorageClassName = className,
            AccessModes = ["ReadWriteOnce"],
            Resources = new() { Requests = StringMap.Of(("storage", Quantity.FromUnits(gibibytes << 30))) },
        },
        Status = new() { Phase = "Pending" },
    };

    public static Pod Pod(int number) => new()
    {
        Metadata = new() { Name = $"db-{number}", Namespace = "default", Uid = $"pod-{number}" },
        Spec = new()
        {
            Containers = [new() { Name = "c", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("500Mi"))) } }],
            Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = $"data-db-{number}" } }],
        },
    };

    private static string Name(int number) => $"node-{number:d5}";

    private static Node Node(int number) => new()
    {
        Metadata = new()
        {
            Name = Name(number),
            Labels = StringMap.Of(("kubernetes.io/hostname", Name(number)), ("topology.kubernetes.io/zone", $"zone{number % 3}")),
        },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110"))) },
    };
}
