using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The options that writes carry in their query.</summary>
internal static class WriteOptions
{
    private const int LongestManager = 128;

    public static ApiStatus UnknownFieldValidation(string verb, string value) => Invalid(
        KindOf(verb), new ApiStatusCause(
            "FieldValueNotSupported", $"Unsupported value: {GoText.Quote(value)}: supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"", "fieldValidation"));

    /// <summary>Checks the options of a create, an update or a patch.</summary>
    public static ApiStatus? Check(string verb, RequestQuery query, bool isApply)
    {
        var causes = new List<ApiStatusCause>();
        if (isApply)
        {
            if (query["fieldManager"].Length == 0)
            {
                causes.Add(new("FieldValueRequired", "Required value: is required for apply patch", "fieldManager"));
            }
        }
        else if (verb == "patch" && query.Has("force"))
        {
            causes.Add(new("FieldValueForbidden", "Forbidden: may not be specified for non-apply patch", "force"));
        }

        CheckManager(query["fieldManager"], causes);
        CheckDryRun(query.All("dryRun"), causes);
        return causes.Count == 0 ? null : Invalid(KindOf(verb), [.. causes]);
    }

    public static void CheckDryRun(IReadOnlyList<string> values, List<ApiStatusCause> causes)
    {
        if (values.Any(value => value != "All"))
        {
            var printed = string.Join(", ", values.Select(GoText.Quote));
            causes.Add(new("FieldValueNotSupported", $"Unsupported value: []string{{{printed}}}: supported values: \"All\"", "dryRun"));
        }
    }

    public static ApiStatus Invalid(string kind, params ReadOnlySpan<ApiStatusCause> causes)
    {
        var texts = new List<string>();
        foreach (var cause in causes)
        {
            texts.Add($"{cause.Field}: {cause.Message}");
        }

        var why = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        return new()
        {
            Code = 422,
            Reason = "Invalid",
            Message = $"{kind}.meta.k8s.io \"\" is invalid: {why}",
            Details = new() { Group = "meta.k8s.io", Kind = kind, Causes = [.. causes] },
        };
    }

    private static void CheckManager(string manager, List<ApiStatusCause> causes)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(manager) > LongestManager)
        {
            causes.Add(new("FieldValueTooLong", $"Too long: must have at most {LongestManager} bytes", "fieldManager"));
        }

        for (var i = 0; i < manager.Length; i++)
        {
            if (char.GetUnicodeCategory(manager[i]) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                causes.Add(new(
                    "FieldValueInvalid", $"Invalid value: {GoText.Quote(manager)}: invalid character U+{(int)manager[i]:X4} (at position {i})", "fieldManager"));
            }
        }
    }

    private static string KindOf(string verb) => verb switch
    {
        "create" => "CreateOptions",
        "update" => "UpdateOptions",
        _ => "PatchOptions",
    };
}
