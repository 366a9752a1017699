using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Batch.Jobs;

/// <summary>Validation of labels and selectors.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/apis/meta/v1/validation.</remarks>
internal static class LabelValidation
{
    public static void ValidateLabels(StringMap<string> labels, string path, FieldErrors errors)
    {
        foreach (var (key, value) in labels)
        {
            ValidateKey(key, path, errors);
            errors.InvalidAll(path, value, NameRules.LabelValue(value));
        }
    }

    public static void ValidateSelector(LabelSelector selector, string path, FieldErrors errors)
    {
        ValidateLabels(selector.MatchLabels, $"{path}.matchLabels", errors);
        for (var i = 0; i < selector.MatchExpressions.Length; i++)
        {
            ValidateRequirement(selector.MatchExpressions[i], $"{path}.matchExpressions[{i}]", errors);
        }
    }

    private static void ValidateRequirement(LabelSelectorRequirement requirement, string path, FieldErrors errors)
    {
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (requirement.Values.IsEmpty)
                {
                    errors.Required($"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (!requirement.Values.IsEmpty)
                {
                    errors.Forbidden($"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            default:
                errors.Invalid($"{path}.operator", requirement.Operator, "not a valid selector operator");
                break;
        }

        ValidateKey(requirement.Key, $"{path}.key", errors);
    }

    private static void ValidateKey(string key, string path, FieldErrors errors) => errors.InvalidAll(path, key, NameRules.QualifiedName(key));
}
