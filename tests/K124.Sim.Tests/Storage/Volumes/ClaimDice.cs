using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Storage.Volumes;

/// <summary>Small claims, volumes and classes that meet often.</summary>
internal static class ClaimDice
{
    public static readonly string[] ClassNames = ["", "external", "waiting", "in-tree", "manual"];

    private static readonly string[] AllModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"];

    public static readonly StorageClass[] Classes =
    [
        new() { Metadata = new() { Name = "external" }, Provisioner = "csi.example.com", VolumeBindingMode = "Immediate" },
        new() { Metadata = new() { Name = "waiting" }, Provisioner = "csi.example.com", VolumeBindingMode = "WaitForFirstConsumer" },
        new() { Metadata = new() { Name = "in-tree" }, Provisioner = "kubernetes.io/fake", VolumeBindingMode = "Immediate", ReclaimPolicy = "Delete" },
        new() { Metadata = new() { Name = "manual" }, Provisioner = "kubernetes.io/no-provisioner", VolumeBindingMode = "Immediate" },
    ];

    public static StringMap<Quantity> GiB(int size) => StringMap.Of(("storage", Quantity.FromUnits((long)size << 30, QuantityFormat.BinarySI)));

    public static Gen<PersistentVolumeClaim> Claims(int names) =>
        from index in Gen.Choose(0, names - 1)
        from className in Gen.Elements(ClassNames)
        from size in Gen.Choose(0, 4)
        from modes in Gen.SubListOf(AllModes)
        from block in Chance(6)
        from selector in Chance(4)
        from named in Chance(4)
        from volume in Gen.Choose(0, names)
        from selected in Chance(4)
        select new PersistentVolumeClaim
        {
            Metadata = new()
            {
                Name = $"c{index}",
                Namespace = "default",
                Uid = $"uid-c{index}",
                Annotations = selected ? StringMap.Of(("volume.kubernetes.io/selected-node", "n")) : StringMap<string>.Empty,
            },
            Spec = new()
            {
                StorageClassName = className,
                AccessModes = [.. modes],
                Resources = new() { Requests = GiB(size) },
                VolumeMode = block ? "Block" : null,
                Selector = selector ? new() { MatchLabels = StringMap.Of(("tier", "gold")) } : null,
                VolumeName = named ? $"v{volume}" : "",
            },
            Status = new() { Phase = "Pending" },
        };

    public static Gen<PersistentVolume> Volumes(int names) =>
        from index in Gen.Choose(0, names - 1)
        from className in Gen.Elements(ClassNames)
        from size in Gen.Choose(1, 5)
        from modes in Gen.NonEmptyListOf(Gen.Elements(AllModes))
        from block in Chance(6)
        from tier in Gen.Elements("gold", "silver", "")
        from reserved in Chance(3)
        from claim in Gen.Choose(0, names)
        from uid in Chance(3)
        from policy in Gen.Elements("Retain", "Retain", "Delete", "Recycle")
        from phase in Gen.Elements("Available", "Available", "Available", "Pending", "Released")
        from isGoing in Chance(8)
        from zone in Gen.Elements("", "", "a", "b")
        select new PersistentVolume
        {
            Metadata = new()
            {
                Name = $"v{index}",
                Uid = $"uid-v{index}",
                Labels = tier == "" ? StringMap<string>.Empty : StringMap.Of(("tier", tier)),
                DeletionTimestamp = isGoing ? DateTimeOffset.UnixEpoch : null,
            },
            Spec = new()
            {
                StorageClassName = className,
                Capacity = GiB(size),
                AccessModes = [.. modes.Distinct()],
                VolumeMode = block ? "Block" : null,
                PersistentVolumeReclaimPolicy = policy,
                HostPath = new() { Path = "/data" },
                ClaimRef = reserved ? new() { Namespace = "default", Name = $"c{claim}", Uid = uid ? $"uid-c{claim}" : "" } : null,
                NodeAffinity = zone == "" ? null : new()
                {
                    Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "zone", Operator = "In", Values = [zone] }] }] },
                },
            },
            Status = new() { Phase = phase },
        };

    public static Gen<bool> Chance(int oneIn) => Gen.Choose(1, oneIn).Select(static draw => draw == 1);
}
