using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of volumes that gather files of several sources.</summary>
internal static class ProjectionRules
{
    private const string Conflict = "conflicting duplicate paths";
    private const long ShortestToken = 600;
    private const long LongestToken = 1L << 32;

    /// <summary>Checks such a volume.</summary>
    public static void Projected(JsonObject projected, FieldPath path, FieldErrors errors)
    {
        FileRules.Mode(projected, "defaultMode", path, errors);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var sources = projected.Objects("sources");
        for (var i = 0; i < sources.Count; i++)
        {
            Source(sources[i], path, path.Child("sources").Index(i), paths, errors);
        }
    }

    private static void Source(JsonObject source, FieldPath volume, FieldPath path, HashSet<string> paths, FieldErrors errors)
    {
        var count = 0;
        foreach (var kind in (ReadOnlySpan<string>)["secret", "configMap", "downwardAPI", "serviceAccountToken"])
        {
            if (source.Object(kind) is not { } found)
            {
                continue;
            }

            if (count++ > 0)
            {
                errors.Forbidden(path, "may not specify more than 1 volume type");
                continue;
            }

            var here = path.Child(kind);
            switch (kind)
            {
                case "downwardAPI":
                    foreach (var item in found.Objects("items"))
                    {
                        FileRules.DownwardFile(item, here, errors);
                        Claim(item.Text("path"), item.Text("path"), volume, paths, errors);
                    }

                    break;
                case "serviceAccountToken":
                    Token(found, volume, here, paths, errors);
                    break;
                default:
                    Keys(found, volume, here, paths, errors);
                    break;
            }
        }
    }

    private static void Keys(JsonObject source, FieldPath volume, FieldPath path, HashSet<string> paths, FieldErrors errors)
    {
        var name = source.Text("name");
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
            return;
        }

        var items = source.Objects("items");
        for (var i = 0; i < items.Count; i++)
        {
            FileRules.Key(items[i], path.Child("items").Index(i), errors);
            Claim(items[i].Text("path"), name, volume, paths, errors);
        }
    }

    private static void Token(JsonObject token, FieldPath volume, FieldPath path, HashSet<string> paths, FieldErrors errors)
    {
        var seconds = token.Number("expirationSeconds");
        if (seconds < ShortestToken)
        {
            errors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
        }

        if (seconds > LongestToken)
        {
            errors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
        }

        var file = token.Text("path");
        if (file.Length == 0)
        {
            errors.Required(volume.Child("path"));
        }
        else
        {
            Claim(file, file, volume, paths, errors);
        }
    }

    private static void Claim(string file, string printed, FieldPath volume, HashSet<string> paths, FieldErrors errors)
    {
        if (file.Length > 0 && !paths.Add(file))
        {
            errors.Invalid(volume, printed, Conflict);
        }
    }
}
