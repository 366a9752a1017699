using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>What each pod of a workload with volumes has of its own: a claim, and the volume that it is bound to.</summary>
internal static class OwnVolumes
{
    public const string Driver = "ebs.csi.aws.com";
    public const string InTreePlugin = "kubernetes.io/aws-ebs";
    public const int Limit = 39;

    private const string MigratedPlugins = "storage.alpha.kubernetes.io/migrated-plugins";
    private const string TrackedClass = "tracked";
    private const string TrackingDriver = "lvm.csi.example.com";

    private static readonly StringMap<string> IsBound = StringMap.Of(("pv.kubernetes.io/bind-completed", "true"));
    private static readonly StringMap<Quantity> OneGibibyte = StringMap.Of(("storage", Quantity.Parse("1Gi")));

    /// <summary>A claim bound to a CSI volume.</summary>
    public static IEnumerable<IApiObject> CSI(string name) =>
        Bound(name, new() { Csi = new() { Driver = Driver, VolumeHandle = name } });

    /// <summary>A claim bound to an EBS volume of the in-tree plugin.</summary>
    public static IEnumerable<IApiObject> InTree(string name) =>
        Bound(name, new() { AwsElasticBlockStore = new() { VolumeID = name } });

    /// <summary>A claim of <see cref="Tracking"/>'s class, which waits for its pod.</summary>
    public static IEnumerable<IApiObject> Late(string name) =>
    [
        Claim(name) with
        {
            Spec = new() { StorageClassName = TrackedClass, AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = OneGibibyte } },
            Status = new() { Phase = "Pending" },
        },
    ];

    /// <summary>A node's CSINode: at most 39 volumes of the driver.</summary>
    public static CSINode Attaching(Node node) => new()
    {
        Metadata = new() { Name = node.Metadata.Name },
        Spec = new() { Drivers = [new() { Name = Driver, NodeID = node.Metadata.Name, Allocatable = new() { Count = Limit } }] },
    };

    /// <summary>As <see cref="Attaching"/>; the in-tree plugin is migrated to the driver.</summary>
    public static CSINode Migrated(Node node)
    {
        var attaching = Attaching(node);
        return attaching with { Metadata = attaching.Metadata with { Annotations = StringMap.Of((MigratedPlugins, InTreePlugin)) } };
    }

    /// <summary>The class of late-binding claims and its driver, which publishes capacities.</summary>
    public static IReadOnlyList<IApiObject> Tracking { get; } =
    [
        new StorageClass { Metadata = new() { Name = TrackedClass }, Provisioner = TrackingDriver, VolumeBindingMode = "WaitForFirstConsumer" },
        new CSIDriver { Metadata = new() { Name = TrackingDriver }, Spec = new() { StorageCapacity = true } },
    ];

    /// <summary>A node's storage capacity, which suffices for every claim.</summary>
    public static CSIStorageCapacity Capacity(Node node) => new()
    {
        Metadata = new() { Name = "capacity-" + node.Metadata.Name, Namespace = "kube-system" },
        StorageClassName = TrackedClass,
        NodeTopology = new() { MatchLabels = StringMap.Of((Shapes.Hostname, node.Metadata.Name)) },
        Capacity = Quantity.Parse("100Gi"),
    };

    private static IEnumerable<IApiObject> Bound(string name, PersistentVolumeSpec source)
    {
        var volumeName = "volume-" + name;
        yield return Claim(name) with
        {
            Metadata = Claim(name).Metadata with { Annotations = IsBound },
            Spec = new() { VolumeName = volumeName, AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = OneGibibyte } },
            Status = new() { Phase = "Bound", Capacity = OneGibibyte },
        };
        yield return new PersistentVolume
        {
            Metadata = new() { Name = volumeName },
            Spec = source with
            {
                Capacity = OneGibibyte,
                AccessModes = ["ReadWriteOnce"],
                PersistentVolumeReclaimPolicy = "Retain",
                ClaimRef = new() { ApiVersion = "v1", Kind = "PersistentVolumeClaim", Namespace = Shapes.TestNamespace, Name = name, Uid = name },
            },
            Status = new() { Phase = "Bound" },
        };
    }

    private static PersistentVolumeClaim Claim(string name) => new() { Metadata = new() { Name = name, Namespace = Shapes.TestNamespace, Uid = name } };
}
