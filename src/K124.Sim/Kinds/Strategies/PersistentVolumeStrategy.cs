using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Kinds.Volumes;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Persistent volumes.</summary>
internal sealed class PersistentVolumeStrategy : KindStrategy
{
    private static readonly string[] Mountable =
    [
        "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "nfs", "rbd", "quobyte", "iscsi", "cinder", "cephfs", "azureFile",
        "vsphereVolume", "azureDisk",
    ];

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "PersistentVolume";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        tree.Ensure("status").Default("phase", "Pending");
        var spec = tree.Ensure("spec");
        spec.Default("persistentVolumeReclaimPolicy", "Retain");
        spec.Default("volumeMode", "Filesystem");
        VolumeDefaults.FillSource(spec);
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        PersistentVolumeRules.Spec(tree.Object("spec"), tree.Object("metadata").Text("name"), isInline: false, FieldPath.Of("spec"), errors);
        MountOptions(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        Validate(tree, context, errors);
        var after = tree.Object("spec");
        var before = old.Object("spec");
        var type = SchemaIn("v1").Field("spec").Shape.Type!;
        if (!SameSource(type, after, before))
        {
            errors.Forbidden(FieldPath.Of("spec.persistentvolumesource"), "spec.persistentvolumesource is immutable after creation\n" + JsonChanges.Between(before, after));
        }

        if (after.Text("volumeMode") != before.Text("volumeMode"))
        {
            errors.Immutable(FieldPath.Of("volumeMode"), after?["volumeMode"]);
        }

        if (before.Has("nodeAffinity") && !SchemaEquality.MemberEquals(type, after, before, "nodeAffinity"))
        {
            errors.Immutable(FieldPath.Of("nodeAffinity"), after?["nodeAffinity"]);
        }
    }

    private static void MountOptions(JsonObject tree, FieldErrors errors)
    {
        const string Annotation = "volume.beta.kubernetes.io/mount-options";
        if (tree.Object("metadata", "annotations").Has(Annotation) && !Mountable.Any(member => tree.Object("spec").Has(member)))
        {
            errors.Forbidden(FieldPath.Of("metadata").Child("annotations", Annotation), "may not specify mount options for this volume type");
        }
    }

    private static bool SameSource(SchemaType type, JsonObject? after, JsonObject? before)
    {
        // A secret for growing the volume may be named later.
        var compared = after;
        if (before.Object("csi") is { } csi && !csi.Has("controllerExpandSecretRef") && after.Object("csi").Has("controllerExpandSecretRef"))
        {
            compared = (JsonObject)after!.DeepClone();
            compared.Object("csi")!.Remove("controllerExpandSecretRef");
        }

        return PersistentVolumeSources.Members.All(member => SchemaEquality.MemberEquals(type, compared, before, member));
    }
}
