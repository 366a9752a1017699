using System.Globalization;
using System.Text;

namespace K124.Sim.Text;

/// <summary>Values as Go prints them into messages.</summary>
internal static class GoText
{
    /// <summary>A string as Go's <c>%q</c> writes it.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            Append(result, rune);
        }

        return result.Append('"').ToString();
    }

    /// <summary>A list of strings as Go's <c>%#v</c> writes it.</summary>
    /// <param name="items">The strings.</param>
    /// <param name="type">Go's name of their type.</param>
    public static string Strings(IReadOnlyCollection<string> items, string type = "string") =>
        items.Count == 0 ? $"[]{type}(nil)" : $"[]{type}{{{string.Join(", ", items.Select(Quote))}}}";

    /// <summary>A set of strings as Go prints it, in order: <c>map[a:{} b:{}]</c>.</summary>
    public static string Set(IEnumerable<string> items) => $"map[{string.Join(' ', items.Order(StringComparer.Ordinal).Select(static item => item + ":{}"))}]";

    private static void Append(StringBuilder result, Rune rune)
    {
        switch (rune.Value)
        {
            case '"': result.Append("\\\""); break;
            case '\\': result.Append("\\\\"); break;
            case '\a': result.Append("\\a"); break;
            case '\b': result.Append("\\b"); break;
            case '\f': result.Append("\\f"); break;
            case '\n': result.Append("\\n"); break;
            case '\r': result.Append("\\r"); break;
            case '\t': result.Append("\\t"); break;
            case '\v': result.Append("\\v"); break;
            default: AppendPlain(result, rune); break;
        }
    }

    private static void AppendPlain(StringBuilder result, Rune rune)
    {
        if (IsPrintable(rune))
        {
            result.Append(rune);
        }
        else if (rune.Value < 0x80)
        {
            result.Append("\\x").Append(rune.Value.ToString("x2", CultureInfo.InvariantCulture));
        }
        else if (rune.Value < 0x10000)
        {
            result.Append("\\u").Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
        }
        else
        {
            result.Append("\\U").Append(rune.Value.ToString("x8", CultureInfo.InvariantCulture));
        }
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
