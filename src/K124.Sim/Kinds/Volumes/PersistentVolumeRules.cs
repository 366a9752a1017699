using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Volumes;

/// <summary>Rules of the specification of persistent volumes, which attachments may hold, too.</summary>
internal static class PersistentVolumeRules
{
    private const string NotInline = "may not be specified in the context of inline volumes";

    /// <summary>Checks a specification.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="name">Name of the volume.</param>
    /// <param name="isInline">Whether it stands in an attachment.</param>
    /// <param name="path">Its path.</param>
    /// <param name="errors">The errors.</param>
    public static void Spec(JsonObject? spec, string name, bool isInline, FieldPath path, FieldErrors errors)
    {
        if (isInline)
        {
            OnlyInVolumes(spec, path, errors);
        }

        AccessModes(spec, path.Child("accessModes"), errors);
        if (!isInline)
        {
            Capacity(spec.Object("capacity"), path.Child("capacity"), errors);
        }

        ReclaimPolicy(spec.Text("persistentVolumeReclaimPolicy"), isInline, path.Child("persistentVolumeReclaimPolicy"), errors);
        var hasAffinity = Affinity(spec.Object("nodeAffinity"), isInline, path.Child("nodeAffinity"), errors);
        PersistentVolumeSources.Check(spec, name, hasAffinity, path, errors);
        if (IsRoot(spec.Object("hostPath").TextOrNull("path")) && spec.Text("persistentVolumeReclaimPolicy") == "Recycle")
        {
            errors.Forbidden(path.Child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'");
        }

        StorageClass(spec.Text("storageClassName"), isInline, path.Child("storageClassName"), errors);
        VolumeMode(spec.TextOrNull("volumeMode"), isInline, path.Child("volumeMode"), errors);
    }

    /// <summary>Checks access modes that are there.</summary>
    public static void AccessModeNames(JsonObject? spec, FieldPath path, FieldErrors errors)
    {
        foreach (var mode in spec.Texts("accessModes"))
        {
            if (mode is not ("ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOnce"))
            {
                errors.NotSupported(path, mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce");
            }
        }
    }

    private static void OnlyInVolumes(JsonObject? spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Has("claimRef"))
        {
            errors.Forbidden(path.Child("claimRef"), NotInline);
        }

        if (!spec.Object("capacity").IsEmpty())
        {
            errors.Forbidden(path.Child("capacity"), NotInline);
        }

        if (!spec.Has("csi"))
        {
            errors.Required(path.Child("csi"), "has to be specified in the context of inline volumes");
        }
    }

    private static void AccessModes(JsonObject? spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Count("accessModes") == 0)
        {
            errors.Required(path);
        }

        AccessModeNames(spec, path, errors);
    }

    private static void Capacity(JsonObject? capacity, FieldPath path, FieldErrors errors)
    {
        if (capacity.IsEmpty())
        {
            errors.Required(path);
        }

        if (!capacity.Has("storage") || capacity!.Count > 1)
        {
            errors.NotSupportedPrinted(path, $"core.ResourceList{capacity?.ToJsonString() ?? "(nil)"}", "storage");
        }

        foreach (var (resource, value) in capacity ?? [])
        {
            QuantityRules.Basic(JsonTree.AsText(value), path.Key(resource), errors);
            QuantityRules.Positive(JsonTree.AsText(value), path.Key(resource), errors);
        }
    }

    private static void ReclaimPolicy(string policy, bool isInline, FieldPath path, FieldErrors errors)
    {
        if (policy.Length == 0)
        {
            return;
        }

        if (isInline)
        {
            if (policy != "Retain")
            {
                errors.Forbidden(path, "may only be Retain in the context of inline volumes");
            }
        }
        else if (policy is not ("Delete" or "Recycle" or "Retain"))
        {
            errors.NotSupported(path, policy, "Delete", "Recycle", "Retain");
        }
    }

    private static bool Affinity(JsonObject? affinity, bool isInline, FieldPath path, FieldErrors errors)
    {
        if (affinity is null)
        {
            return false;
        }

        if (isInline)
        {
            errors.Forbidden(path, NotInline);
            return false;
        }

        if (affinity.Object("required") is { } required)
        {
            AffinityRules.NodeSelector(required, path.Child("required"), errors);
        }
        else
        {
            errors.Required(path.Child("required"), "must specify required node constraints");
        }

        return true;
    }

    private static bool IsRoot(string? path)
    {
        if (path is null)
        {
            return false;
        }

        var depth = 0;
        foreach (var part in path.Split('/'))
        {
            depth = part switch { "" or "." => depth, ".." => Math.Max(depth - 1, 0), _ => depth + 1 };
        }

        return path.StartsWith('/') && depth == 0;
    }

    private static void StorageClass(string name, bool isInline, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            return;
        }

        if (isInline)
        {
            errors.Forbidden(path, NotInline);
        }
        else
        {
            errors.InvalidAll(path, name, NameRules.Subdomain(name));
        }
    }

    private static void VolumeMode(string? mode, bool isInline, FieldPath path, FieldErrors errors)
    {
        if (mode is null)
        {
            return;
        }

        if (isInline)
        {
            if (mode != "Filesystem")
            {
                errors.Forbidden(path, "may not specify volumeMode other than Filesystem in the context of inline volumes");
            }
        }
        else if (mode is not ("Block" or "Filesystem"))
        {
            errors.NotSupported(path, mode, "Block", "Filesystem");
        }
    }
}
