using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Kinds.Volumes;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Persistent volume claims.</summary>
internal sealed class PersistentVolumeClaimStrategy : KindStrategy
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string RecoveryGate = "RecoverVolumeExpansionFailure";
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "PersistentVolumeClaim";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        tree.Ensure("status").Default("phase", "Pending");
        tree.Ensure("spec").Default("volumeMode", "Filesystem");
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        tree["status"] = new JsonObject { ["phase"] = "Pending" };
        ClaimDataSources.Prepare(tree.Object("spec"), null, context);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "status");
        ClaimDataSources.Prepare(tree.Object("spec"), old.Object("spec"), context);
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");

        if (context.Gates.IsEnabled(RecoveryGate))
        {
            return;
        }

        // Members of recovery from a failed expansion, which is switched off; what is in use stays.
        foreach (var member in (ReadOnlySpan<string>)["allocatedResources", "resizeStatus"])
        {
            if (!old.Object("status").Has(member))
            {
                tree.Object("status")?.Remove(member);
            }
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        EphemeralRules.ClaimSpec(tree.Object("spec"), SpecPath, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
        Validate(tree, context, errors);
        var after = (JsonObject)tree.Object("spec")!.DeepClone();
        var before = (JsonObject)old.Object("spec")!.DeepClone();
        if (before.Text("volumeName").Length == 0)
        {
            before.CopyFrom(after, "volumeName");
        }

        StorageClass(tree, old, after, errors);
        if (tree.Object("status").Text("phase") == "Bound" && after.Object("resources", "requests") is { } requests)
        {
            requests.CopyFrom(before.Object("resources", "requests"), "storage");
        }

        if (!SchemaEquality.Equals(SchemaIn("v1").Field("spec").Shape.Type!, after, before))
        {
            errors.Forbidden(SpecPath, "spec is immutable after creation except resources.requests for bound claims\n" + JsonChanges.Between(before, after));
        }

        Shrinking(tree, old, context, errors);

        if (after.Text("volumeMode") != before.Text("volumeMode"))
        {
            errors.Immutable(FieldPath.Of("volumeMode"), after["volumeMode"]);
        }
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        foreach (var (resource, value) in tree.Object("status", "capacity") ?? [])
        {
            QuantityRules.Basic(JsonTree.AsText(value), FieldPath.Of("status.capacity").Key(resource), errors);
        }
    }

    /// <summary>A claim may ask for less only to recover from an expansion that failed, and for more than it has.</summary>
    private static void Shrinking(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        var path = FieldPath.Of("spec.resources.requests.storage");
        var size = Request(tree);
        if (size >= Request(old))
        {
            return;
        }

        if (!context.Gates.IsEnabled(RecoveryGate))
        {
            errors.Forbidden(path, "field can not be less than previous value");
        }
        else if (size <= Quantities.Read(old.Object("status", "capacity").TextOrNull("storage")))
        {
            errors.Forbidden(path, "field can not be less than status.capacity");
        }
    }

    private static Model.Quantity Request(JsonObject claim) =>
        Quantities.Read(claim.Object("spec").Object("resources", "requests").TextOrNull("storage"));

    // The class may move from the annotation to its member, and in no other way.
    private static void StorageClass(JsonObject tree, JsonObject old, JsonObject after, FieldErrors errors)
    {
        var oldAnnotation = old.Object("metadata", "annotations").TextOrNull(ClassAnnotation);
        var annotation = tree.Object("metadata", "annotations").TextOrNull(ClassAnnotation);
        var isMoved = oldAnnotation is not null && annotation is null
            && !old.Object("spec").Has("storageClassName") && after.TextOrNull("storageClassName") == oldAnnotation;
        if (isMoved)
        {
            after.Remove("storageClassName");
        }
        else if ((oldAnnotation ?? "") != (annotation ?? ""))
        {
            errors.Immutable(FieldPath.Of("metadata.annotations").Child(ClassAnnotation), JsonValue.Create(annotation ?? ""));
        }
    }
}
