using K124.Sim.Model;

namespace K124.Sim.StorageCapacitySample;

/// <summary>Four nodes with whole disks as local volumes, and four whose volume groups a CSI driver cuts volumes from.</summary>
internal static class MixedCluster
{
    public const string LocalDisks = "local-disks";
    public const string VolumeGroups = "volume-groups";

    private const string Driver = "lvm.csi.example.com";
    private const string Hostname = "kubernetes.io/hostname";

    public static Cluster Build() => Cluster.Of(
    [
        Class(LocalDisks, "kubernetes.io/no-provisioner"),
        Class(VolumeGroups, Driver),
        new CSIDriver { Metadata = new() { Name = Driver }, Spec = new() { StorageCapacity = true } },
        .. Enumerable.Range(1, 4).SelectMany(DiskNode),
        .. Enumerable.Range(1, 4).SelectMany(GroupNode),
    ]);

    /// <summary>A database of which each replica claims a volume of its own.</summary>
    public static StatefulSet Database(string storageClass, string size) => new()
    {
        Metadata = new() { Name = "db", Namespace = "default" },
        Spec = new()
        {
            Template = new()
            {
                Metadata = new() { Labels = StringMap.Of(("app", "db")) },
                Spec = new() { Containers = [new() { Name = "db", Resources = new() { Requests = Amounts(("cpu", "1"), ("memory", "4Gi")) } }] },
            },
            VolumeClaimTemplates =
            [
                new()
                {
                    Metadata = new() { Name = "data" },
                    Spec = new() { StorageClassName = storageClass, AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = Amounts(("storage", size)) } },
                },
            ],
        },
    };

    /// <summary>A node with three disks, of which the smallest is too small for the database.</summary>
    private static IEnumerable<IApiObject> DiskNode(int number)
    {
        var name = $"disk-{number}";
        yield return Node(name);
        foreach (var (disk, size) in new[] { ("a", "120Gi"), ("b", "240Gi"), ("c", number % 2 == 0 ? "480Gi" : "180Gi") })
        {
            yield return new PersistentVolume
            {
                Metadata = new() { Name = $"{name}-{disk}" },
                Spec = new()
                {
                    StorageClassName = LocalDisks,
                    AccessModes = ["ReadWriteOnce"],
                    Capacity = Amounts(("storage", size)),
                    Local = new() { Path = $"/mnt/disks/{disk}" },
                    NodeAffinity = new()
                    {
                        Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = Hostname, Operator = "In", Values = [name] }] }] },
                    },
                },
                Status = new() { Phase = "Available" },
            };
        }
    }

    private static IEnumerable<IApiObject> GroupNode(int number)
    {
        var name = $"group-{number}";
        yield return Node(name);
        yield return new CSIStorageCapacity
        {
            Metadata = new() { Name = $"csisc-{number}", Namespace = "kube-system" },
            StorageClassName = VolumeGroups,
            NodeTopology = new() { MatchLabels = StringMap.Of((Hostname, name)) },
            Capacity = Quantity.Parse($"{350 * number}Gi"),
        };
    }

    private static Node Node(string name) => new()
    {
        Metadata = new() { Name = name, Labels = StringMap.Of((Hostname, name)) },
        Status = new() { Allocatable = Amounts(("cpu", "16"), ("memory", "64Gi"), ("pods", "110")) },
    };

    private static StorageClass Class(string name, string provisioner) =>
        new() { Metadata = new() { Name = name }, Provisioner = provisioner, VolumeBindingMode = "WaitForFirstConsumer" };

    private static StringMap<Quantity> Amounts(params (string Name, string Amount)[] amounts) =>
        StringMap.Of([.. amounts.Select(static amount => (amount.Name, Quantity.Parse(amount.Amount)))]);
}
