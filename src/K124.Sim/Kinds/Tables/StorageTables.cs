using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Tables;

/// <summary>Volumes, claims, classes and drivers.</summary>
internal static class StorageTables
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string DefaultClassAnnotation = "storageclass.kubernetes.io/is-default-class";
    private const string BetaDefaultClassAnnotation = "storageclass.beta.kubernetes.io/is-default-class";

    private static readonly (string Mode, string Short)[] AccessModes =
    [
        ("ReadWriteOnce", "RWO"),
        ("ReadOnlyMany", "ROX"),
        ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ];

    public static TablePrinter PersistentVolume { get; } = new SimpleTable(
        ["Name", "Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass", "Reason", "Age", "VolumeMode*"],
        (item, now) =>
        {
            var spec = item.Spec();
            return
            [
                item.Name(),
                Storage(spec),
                Modes(spec),
                CellText.Or(spec.TextOrNull("persistentVolumeReclaimPolicy"), "Retain"),
                Phase(item),
                spec.Object("claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : "",
                Class(item),
                item.Status().Text("reason"),
                CellText.Age(item, now),
                VolumeMode(spec),
            ];
        });

    public static TablePrinter PersistentVolumeClaim { get; } = new SimpleTable(
        ["Name", "Status", "Volume", "Capacity", "Access Modes", "StorageClass", "Age", "VolumeMode*"],
        (item, now) =>
        {
            var volume = item.Spec().Text("volumeName");
            return
            [
                item.Name(),
                Phase(item),
                volume,
                volume.Length == 0 ? "" : Storage(item.Status()),
                volume.Length == 0 ? "" : Modes(item.Status()),
                Class(item),
                CellText.Age(item, now),
                VolumeMode(item.Spec()),
            ];
        });

    public static TablePrinter StorageClass { get; } = new SimpleTable(
        ["Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age"],
        (item, now) =>
        [
            item.Name() + (IsDefault(item) ? " (default)" : ""),
            item.Text("provisioner"),
            CellText.Or(item.TextOrNull("reclaimPolicy"), "Delete"),
            CellText.Or(item.TextOrNull("volumeBindingMode"), "Immediate"),
            item.Flag("allowVolumeExpansion"),
            CellText.Age(item, now),
        ]);

    public static TablePrinter VolumeAttachment { get; } = new SimpleTable(
        ["Name", "Attacher", "PV", "Node", "Attached:boolean", "Age"],
        (item, now) =>
        [
            item.Name(),
            item.Spec().Text("attacher"),
            item.Spec().Object("source").Text("persistentVolumeName"),
            item.Spec().Text("nodeName"),
            item.Status().Flag("attached"),
            CellText.Age(item, now),
        ]);

    public static TablePrinter CSIDriver { get; } = new SimpleTable(
        ["Name", "AttachRequired:boolean", "PodInfoOnMount:boolean", "StorageCapacity:boolean", "TokenRequests", "RequiresRepublish:boolean", "Modes", "Age"],
        (item, now) =>
        {
            var spec = item.Spec();
            return
            [
                item.Name(),
                spec.FlagOrNull("attachRequired") != false,
                spec.Flag("podInfoOnMount"),
                spec.Flag("storageCapacity"),
                spec.Count("tokenRequests") == 0 ? CellText.Unset : CellText.Joined(spec, "tokenRequests", "audience"),
                spec.Flag("requiresRepublish"),
                CellText.Or(CellText.Joined(spec, "volumeLifecycleModes"), "Persistent"),
                CellText.Age(item, now),
            ];
        });

    public static TablePrinter CSINode { get; } = new SimpleTable(
        ["Name", "Drivers:integer", "Age"],
        (item, now) => [item.Name(), item.Spec().Count("drivers"), CellText.Age(item, now)]);

    private static string Phase(JsonObject item) => item.Metadata()?["deletionTimestamp"] is null
        ? CellText.Or(item.Status().TextOrNull("phase"), "Pending")
        : "Terminating";

    private static string Storage(JsonObject? holder) => holder.Object("capacity")?["storage"] is { } storage
        ? Canonical(CellText.Plain(storage))
        : "0";

    private static string Canonical(string text) => Quantity.TryParse(text, out var quantity) ? quantity.ToString() : text;

    private static string Modes(JsonObject? holder)
    {
        var given = (holder.List("accessModes") ?? []).Select(JsonTree.AsText).ToHashSet(StringComparer.Ordinal);
        return string.Join(',', AccessModes.Where(mode => given.Contains(mode.Mode)).Select(mode => mode.Short));
    }

    private static string Class(JsonObject item) => item.Annotation(ClassAnnotation) ?? item.Spec().Text("storageClassName");

    private static string VolumeMode(JsonObject? spec) => CellText.Or(spec.TextOrNull("volumeMode"), "Filesystem");

    private static bool IsDefault(JsonObject item) => item.Annotation(DefaultClassAnnotation) == "true" || item.Annotation(BetaDefaultClassAnnotation) == "true";
}
