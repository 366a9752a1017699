using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>One term of a field selector.</summary>
/// <param name="Field">Path of the field.</param>
/// <param name="Value">Value that it is compared with.</param>
/// <param name="IsEqual">Whether it has to be that, or must not be.</param>
internal readonly record struct FieldTerm(string Field, string Value, bool IsEqual);

/// <summary>A field selector as queries write it; empty, it selects everything.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/fields.</remarks>
internal sealed record FieldSelector(ImmutableArray<FieldTerm> Terms)
{
    public static readonly FieldSelector Everything = new([]);

    public bool IsEmpty => Terms.IsEmpty;

    /// <summary>The name that it asks for; null if it asks for no single one.</summary>
    public string? Name => Terms.Where(term => term is { Field: "metadata.name", IsEqual: true }).Select(term => term.Value).FirstOrDefault();

    /// <summary>Reads a selector.</summary>
    /// <returns>What is wrong with it, in 1.24's words; null if nothing is.</returns>
    public static string? TryParse(string text, out FieldSelector selector)
    {
        selector = Everything;
        var terms = ImmutableArray.CreateBuilder<FieldTerm>();
        foreach (var part in Split(text))
        {
            if (part.Length == 0)
            {
                continue;
            }

            if (!TrySplit(part, out var field, out var isEqual, out var value))
            {
                return $"invalid selector: '{text}'; can't understand '{part}'";
            }

            if (Unescape(value) is not { } unescaped)
            {
                return $"invalid field selector: invalid escape sequence in {GoText.Quote(value)}";
            }

            terms.Add(new(field, unescaped, isEqual));
        }

        selector = new(terms.ToImmutable());
        return null;
    }

    public bool Matches(JsonObject item, Func<JsonObject, string, string> fieldOf)
    {
        foreach (var term in Terms)
        {
            if ((fieldOf(item, term.Field) == term.Value) != term.IsEqual)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static bool TrySplit(string part, out string field, out bool isEqual, out string value)
    {
        (field, isEqual, value) = ("", true, "");
        for (var i = 0; i < part.Length; i++)
        {
            var rest = part.AsSpan(i);
            var length = rest.StartsWith("!=") || rest.StartsWith("==") ? 2 : rest.StartsWith("=") ? 1 : 0;
            if (length > 0)
            {
                (field, isEqual, value) = (part[..i], part[i] != '!', part[(i + length)..]);
                return true;
            }
        }

        return false;
    }

    private static string? Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                if (++i == value.Length || value[i] is not ('\\' or ',' or '='))
                {
                    return null;
                }
            }

            text.Append(value[i]);
        }

        return text.ToString();
    }
}
