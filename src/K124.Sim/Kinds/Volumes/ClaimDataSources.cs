using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Volumes;

/// <summary>What a claim's volume is filled from: an old member that knows two kinds, and a new one that knows any.</summary>
/// <remarks>Kubernetes 1.24 pkg/api/persistentvolumeclaim, gate AnyVolumeDataSource.</remarks>
internal static class ClaimDataSources
{
    private const string Old = "dataSource";
    private const string New = "dataSourceRef";
    private const string SnapshotGroup = "snapshot.storage.k8s.io";

    /// <summary>Completes the members of a specification, and those of the stored one that it is compared with.</summary>
    public static void Prepare(JsonObject? spec, JsonObject? storedSpec, KindContext context)
    {
        var knowsAny = context.Gates.IsEnabled("AnyVolumeDataSource");
        if (!knowsAny)
        {
            spec?.Remove(New);
        }

        DropUnknown(spec, storedSpec);
        if (knowsAny)
        {
            Align(spec);
            Align(storedSpec);
        }
    }

    /// <summary>Drops an old member that names another kind than it knows, unless the stored claim has a source.</summary>
    private static void DropUnknown(JsonObject? spec, JsonObject? storedSpec)
    {
        if (spec is not null && !spec.Has(New) && !storedSpec.Has(Old) && !storedSpec.Has(New) && !IsKnown(spec.Object(Old)))
        {
            spec.Remove(Old);
        }
    }

    /// <summary>Copies the member that is there to the one that is not.</summary>
    private static void Align(JsonObject? spec)
    {
        if (spec is null)
        {
            return;
        }

        if (!spec.Has(New))
        {
            spec.CopyFrom(spec, Old, New);
        }
        else if (!spec.Has(Old))
        {
            spec.CopyFrom(spec, New, Old);
        }
    }

    /// <summary>Checks both members, and that they agree.</summary>
    public static void Check(JsonObject? spec, FieldPath path, FieldErrors errors)
    {
        var old = spec.Object(Old);
        var source = spec.Object(New);
        if (old is not null)
        {
            Source(old, path.Child(Old), errors);
        }

        if (source is not null)
        {
            Source(source, path.Child(New), errors);
        }

        if (old is not null && source is not null && !JsonNode.DeepEquals(source, old))
        {
            // The server prints the path where the value should be.
            errors.InvalidPrinted(path, "field.Path{}", "must match dataSourceRef");
        }
    }

    private static void Source(JsonObject source, FieldPath path, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["name", "kind"])
        {
            if (source.Text(member).Length == 0)
            {
                errors.Required(path.Child(member));
            }
        }

        if (source.Text("apiGroup").Length == 0 && source.Text("kind") != "PersistentVolumeClaim")
        {
            errors.Invalid(path, source.Text("kind"), "");
        }
    }

    private static bool IsKnown(JsonObject? source) => (source.Text("apiGroup"), source.Text("kind"))
        is ("", "PersistentVolumeClaim") or (SnapshotGroup, "VolumeSnapshot");

    private static void CopyFrom(this JsonObject tree, JsonObject source, string from, string to)
    {
        if (source[from] is { } value)
        {
            tree[to] = value.DeepClone();
        }
    }
}
