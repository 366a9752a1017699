using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Rules of conditions of the common form.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/apis/meta/v1/validation.</remarks>
internal static class ConditionRules
{
    private const int LongestMessage = 32 * 1024;
    private const int LongestReason = 1024;

    private const string ReasonText = "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric "
        + "characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or "
        + "'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')";

    /// <summary>Checks conditions.</summary>
    public static void Conditions(JsonObjects conditions, FieldPath path, FieldErrors errors)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = conditions[i];
            var here = path.Index(i);
            var type = condition.Text("type");
            if (!types.Add(type))
            {
                errors.Duplicate(here.Child("type"), type);
            }

            Condition(condition, type, here, errors);
        }
    }

    private static void Condition(JsonObject condition, string type, FieldPath path, FieldErrors errors)
    {
        errors.InvalidAll(path.Child("type"), type, NameRules.QualifiedName(type));
        var status = condition.Text("status");
        if (status is not ("True" or "False" or "Unknown"))
        {
            errors.NotSupported(path.Child("status"), status, "False", "True", "Unknown");
        }

        if (condition.Number("observedGeneration") < 0)
        {
            errors.Invalid(path.Child("observedGeneration"), condition.Number("observedGeneration"), "must be greater than or equal to zero");
        }

        if (!condition.Has("lastTransitionTime"))
        {
            errors.Required(path.Child("lastTransitionTime"), "must be set");
        }

        var reason = condition.Text("reason");
        if (reason.Length == 0)
        {
            errors.Required(path.Child("reason"), "must be set");
        }
        else
        {
            if (!IsReason(reason))
            {
                errors.Invalid(path.Child("reason"), reason, ReasonText);
            }

            if (reason.Length > LongestReason)
            {
                errors.TooLong(path.Child("reason"), LongestReason);
            }
        }

        if (condition.Text("message").Length > LongestMessage)
        {
            errors.TooLong(path.Child("message"), LongestMessage);
        }
    }

    private static bool IsReason(string reason) => char.IsAsciiLetter(reason[0])
        && (char.IsAsciiLetterOrDigit(reason[^1]) || reason[^1] == '_')
        && reason.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or ',' or ':');
}
