using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Rules of labels, annotations and label selectors.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/apis/meta/v1/validation.</remarks>
internal static class LabelRules
{
    private const int MostAnnotationBytes = 256 * 1024;

    /// <summary>Checks labels.</summary>
    public static void Labels(JsonObject? labels, FieldPath path, FieldErrors errors)
    {
        if (labels is null)
        {
            return;
        }

        foreach (var (key, value) in labels)
        {
            errors.InvalidAll(path, key, NameRules.QualifiedName(key));
            var text = JsonTree.AsText(value) ?? "";
            errors.InvalidAll(path, text, NameRules.LabelValue(text));
        }
    }

    /// <summary>Checks annotations.</summary>
    public static void Annotations(JsonObject? annotations, FieldPath path, FieldErrors errors)
    {
        if (annotations is null)
        {
            return;
        }

        var size = 0L;
        foreach (var (key, value) in annotations)
        {
            errors.InvalidAll(path, key, NameRules.QualifiedName(key.ToLowerInvariant()));
            size += NameRules.Utf8Length(key) + NameRules.Utf8Length(JsonTree.AsText(value) ?? "");
        }

        if (size > MostAnnotationBytes)
        {
            errors.TooLong(path, MostAnnotationBytes);
        }
    }

    /// <summary>Checks a key of a label.</summary>
    public static void LabelName(string key, FieldPath path, FieldErrors errors) => errors.InvalidAll(path, key, NameRules.QualifiedName(key));

    /// <summary>Checks a label selector.</summary>
    public static void Selector(JsonObject? selector, FieldPath path, FieldErrors errors)
    {
        if (selector is null)
        {
            return;
        }

        Labels(selector.Object("matchLabels"), path.Child("matchLabels"), errors);
        var index = 0;
        foreach (var requirement in selector.Objects("matchExpressions"))
        {
            Requirement(requirement, path.Child("matchExpressions").Index(index++), errors);
        }
    }

    private static void Requirement(JsonObject requirement, FieldPath path, FieldErrors errors)
    {
        var operation = requirement.Text("operator");
        switch (operation)
        {
            case "In" or "NotIn":
                if (requirement.Count("values") == 0)
                {
                    errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (requirement.Count("values") > 0)
                {
                    errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            default:
                errors.Invalid(path.Child("operator"), operation, "not a valid selector operator");
                break;
        }

        LabelName(requirement.Text("key"), path.Child("key"), errors);
    }
}
