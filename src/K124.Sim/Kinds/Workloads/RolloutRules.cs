using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Workloads;

/// <summary>Rules of numbers that may be percentages.</summary>
internal static class RolloutRules
{
    private const int Whole = 100;

    /// <summary>Demands a number that is not negative, or a percentage.</summary>
    public static void NumberOrPercent(JsonNode? value, FieldPath path, FieldErrors errors)
    {
        if (JsonTree.AsText(value) is { } text)
        {
            foreach (var problem in NameRules.Percent(text))
            {
                errors.InvalidPrinted(path, Printed(value), problem);
            }
        }
        else if (JsonTree.AsNumber(value) is { } number)
        {
            errors.NotNegative(path, number);
        }
    }

    /// <summary>Refuses percentages above 100.</summary>
    public static void NotMoreThanWhole(JsonNode? value, FieldPath path, FieldErrors errors)
    {
        if (PercentOf(value) > Whole)
        {
            errors.InvalidPrinted(path, Printed(value), "must not be greater than 100%");
        }
    }

    /// <summary>The number itself, or the percentage; 0 for what is neither.</summary>
    public static long Amount(JsonNode? value) => JsonTree.AsNumber(value) ?? PercentOf(value);

    /// <summary>A value as messages print it that show its parts.</summary>
    public static string Printed(JsonNode? value) => JsonTree.AsText(value) is { } text
        ? $"intstr.IntOrString{{Type:1, IntVal:0, StrVal:{GoText.Quote(text)}}}"
        : string.Create(CultureInfo.InvariantCulture, $"intstr.IntOrString{{Type:0, IntVal:{JsonTree.AsNumber(value) ?? 0}, StrVal:\"\"}}");

    private static long PercentOf(JsonNode? value) =>
        JsonTree.AsText(value) is { } text && NameRules.IsPercent(text)
        && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            ? percent
            : 0;
}
