using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;
using K124.Sim.Kinds.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Volume attachments.</summary>
internal sealed class VolumeAttachmentStrategy : KindStrategy
{
    private const int MostMetadataBytes = 256 * 1024;
    private const int LongestMessage = 1024;
    private static readonly FieldPath SourcePath = FieldPath.Of("spec.source");

    /// <inheritdoc/>
    public override string Group => "storage.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "VolumeAttachment";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        if (tree.Object("spec").Object("source", "inlineVolumeSpec") is { } volume)
        {
            VolumeDefaults.FillSource(volume);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        StatusMetadata.Keep(tree, old);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateContent(tree, errors);
        VolumeSourceRules.DriverName(tree.Object("spec").Text("attacher"), FieldPath.Of("spec.attacher"), errors);
        if (tree.Object("spec", "source").TextOrNull("persistentVolumeName") is { } volume)
        {
            errors.InvalidAll(SourcePath.Child("persistentVolumeName"), volume, NameRules.Subdomain(volume));
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateContent(tree, errors);
        ValidateContent(tree, errors);
        if (!Same(tree, old, "spec"))
        {
            errors.Immutable(FieldPath.Of("spec"), tree["spec"] ?? new JsonObject());
        }
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        ValidateUpdate(tree, old, context, errors);

    private void ValidateContent(JsonObject tree, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var spec = tree.Object("spec");
        if (spec.Text("attacher").Length == 0)
        {
            errors.Required(FieldPath.Of("spec.attacher"));
        }

        Source(spec.Object("source"), errors);
        errors.InvalidAll(FieldPath.Of("spec.nodeName"), spec.Text("nodeName"), NameRules.Subdomain(spec.Text("nodeName")));
        Status(tree.Object("status"), FieldPath.Of("status"), errors);
    }

    private static void Source(JsonObject? source, FieldErrors errors)
    {
        var inline = source.Object("inlineVolumeSpec");
        var name = source.TextOrNull("persistentVolumeName");
        if ((inline is null) == (name is null))
        {
            const string ExactlyOne = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
            if (inline is null)
            {
                errors.Required(SourcePath, ExactlyOne);
            }
            else
            {
                errors.Forbidden(SourcePath, ExactlyOne);
            }
        }
        else if (inline is not null)
        {
            PersistentVolumeRules.Spec(inline, "", isInline: true, SourcePath.Child("inlineVolumeSpec"), errors);
        }
        else if (name!.Length == 0)
        {
            errors.Required(SourcePath.Child("persistentVolumeName"), "must specify non empty persistentVolumeName");
        }
    }

    private static void Status(JsonObject? status, FieldPath path, FieldErrors errors)
    {
        var size = 0L;
        foreach (var (key, value) in status.Object("attachmentMetadata") ?? [])
        {
            size += NameRules.Utf8Length(key) + NameRules.Utf8Length(JsonTree.AsText(value) ?? "");
        }

        if (size > MostMetadataBytes)
        {
            errors.TooLong(path.Child("attachmentMetadata"), MostMetadataBytes);
        }

        foreach (var member in (ReadOnlySpan<string>)["attachError", "detachError"])
        {
            if (NameRules.Utf8Length(status.Object(member).Text("message")) > LongestMessage)
            {
                errors.TooLong(path.Child(member, "message"), LongestMessage);
            }
        }
    }
}
