using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of files that volumes make of Secrets, ConfigMaps and the pod itself.</summary>
internal static class FileRules
{
    private const long LargestMode = 511;
    private const string ModeText = "must be a number between 0 and 0777 (octal), both inclusive";

    private static readonly string[] FieldPaths =
        ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    /// <summary>Checks a volume of a Secret or ConfigMap.</summary>
    public static void Keys(JsonObject source, string nameMember, FieldPath path, FieldErrors errors)
    {
        if (source.Text(nameMember).Length == 0)
        {
            errors.Required(path.Child(nameMember));
        }

        Mode(source, "defaultMode", path, errors);
        var items = source.Objects("items");
        for (var i = 0; i < items.Count; i++)
        {
            Key(items[i], path.Child("items").Index(i), errors);
        }
    }

    /// <summary>Checks a key and its path.</summary>
    public static void Key(JsonObject item, FieldPath path, FieldErrors errors)
    {
        if (item.Text("key").Length == 0)
        {
            errors.Required(path.Child("key"));
        }

        if (item.Text("path").Length == 0)
        {
            errors.Required(path.Child("path"));
        }

        PathRules.NonReserved(item.Text("path"), path.Child("path"), errors);
        Mode(item, "mode", path, errors);
    }

    /// <summary>Checks a volume of members of the pod.</summary>
    public static void Downward(JsonObject source, FieldPath path, FieldErrors errors)
    {
        Mode(source, "defaultMode", path, errors);
        foreach (var item in source.Objects("items"))
        {
            DownwardFile(item, path, errors);
        }
    }

    /// <summary>Checks a file of a member of the pod; its path lacks the index.</summary>
    public static void DownwardFile(JsonObject item, FieldPath path, FieldErrors errors)
    {
        var file = item.Text("path");
        if (file.Length == 0)
        {
            errors.Required(path.Child("path"));
        }

        PathRules.NonReserved(file, path.Child("path"), errors);
        if (item.Object("fieldRef") is { } field)
        {
            DownwardRules.FieldReference(field, FieldPaths, path.Child("fieldRef"), errors);
            if (item.Has("resourceFieldRef"))
            {
                errors.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        }
        else if (item.Object("resourceFieldRef") is { } resource)
        {
            DownwardRules.ResourceReference(resource, needsContainer: true, path.Child("resourceFieldRef"), errors);
        }
        else
        {
            errors.Required(path, "one of fieldRef and resourceFieldRef is required");
        }

        Mode(item, "mode", path, errors);
    }

    /// <summary>Checks permissions of files.</summary>
    public static void Mode(JsonObject source, string member, FieldPath path, FieldErrors errors)
    {
        if (source.NumberOrNull(member) is { } mode and (< 0 or > LargestMode))
        {
            errors.Invalid(path.Child(member), mode, ModeText);
        }
    }
}
