using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Writes JSON trees as YAML in the way of the Kubernetes tools: keys sorted, block style.</summary>
internal static partial class GoYaml
{
    public static string Write(JsonNode? tree)
    {
        var text = new StringBuilder();
        switch (tree)
        {
            case JsonObject { Count: > 0 } members:
                AppendMembers(text, members, 0, isFirstInline: false);
                break;
            case JsonArray { Count: > 0 } items:
                AppendItems(text, items, 0);
                break;
            default:
                AppendScalar(text, tree, 0);
                break;
        }

        return text.ToString();
    }

    private static void AppendMembers(StringBuilder text, JsonObject members, int indent, bool isFirstInline)
    {
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (!isFirstInline)
            {
                text.Append(' ', indent);
            }

            isFirstInline = false;
            text.Append(Quoted(name)).Append(':');
            switch (value)
            {
                case JsonObject { Count: > 0 } inner:
                    text.Append('\n');
                    AppendMembers(text, inner, indent + 2, isFirstInline: false);
                    break;
                case JsonArray { Count: > 0 } items:
                    text.Append('\n');
                    AppendItems(text, items, indent);
                    break;
                default:
                    text.Append(' ');
                    AppendScalar(text, value, indent);
                    break;
            }
        }
    }

    private static void AppendItems(StringBuilder text, JsonArray items, int indent)
    {
        foreach (var item in items)
        {
            text.Append(' ', indent).Append('-');
            switch (item)
            {
                case JsonObject { Count: > 0 } inner:
                    text.Append(' ');
                    AppendMembers(text, inner, indent + 2, isFirstInline: true);
                    break;
                case JsonArray { Count: > 0 } inner:
                    text.Append(' ');
                    var nested = new StringBuilder();
                    AppendItems(nested, inner, indent + 2);
                    text.Append(nested.ToString().TrimStart(' '));
                    break;
                default:
                    text.Append(' ');
                    AppendScalar(text, item, indent);
                    break;
            }
        }
    }

    private static void AppendScalar(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case null:
                text.Append("null\n");
                return;
            case JsonObject:
                text.Append("{}\n");
                return;
            case JsonArray:
                text.Append("[]\n");
                return;
        }

        if (value.GetValueKind() != JsonValueKind.String)
        {
            text.Append(value.ToJsonString()).Append('\n');
            return;
        }

        var content = value.GetValue<string>();
        if (content.Contains('\n', StringComparison.Ordinal) && !content.StartsWith(' ') && !content.StartsWith('\n') && content.All(c => c >= ' ' || c == '\n'))
        {
            AppendBlock(text, content, indent + 2);
            return;
        }

        text.Append(Quoted(content)).Append('\n');
    }

    private static void AppendBlock(StringBuilder text, string content, int indent)
    {
        var body = content.TrimEnd('\n');
        var breaks = content.Length - body.Length;
        text.Append(breaks switch { 0 => "|-\n", 1 => "|\n", _ => "|+\n" });
        foreach (var line in (breaks > 1 ? content[..^1] : body).Split('\n'))
        {
            if (line.Length > 0)
            {
                text.Append(' ', indent).Append(line);
            }

            text.Append('\n');
        }
    }

    private static string Quoted(string text)
    {
        if (text.Length == 0)
        {
            return "\"\"";
        }

        if (LooksLikeOther(text))
        {
            return "\"" + text + "\"";
        }

        if (text.Any(c => c < ' ' || c == 0x7f || c == '\u0085' || c == '\u2028' || c == '\u2029'))
        {
            return Escaped(text);
        }

        return NeedsQuotes(text) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : text;
    }

    private static bool LooksLikeOther(string text) =>
        text is "true" or "false" or "True" or "False" or "TRUE" or "FALSE" or "null" or "Null" or "NULL" or "~" or "yes" or "no" or "Yes" or "No" or "YES" or "NO"
            or "on" or "off" or "On" or "Off" or "ON" or "OFF" or "y" or "n" or "Y" or "N" or "<<" or "=" or ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN"
        || Number().IsMatch(text) || Time().IsMatch(text);

    private static bool NeedsQuotes(string text) =>
        text[0] is '-' or '?' or ':' && (text.Length == 1 || text[1] == ' ')
        || text[0] is ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' or ' '
        || text[^1] is ' ' or ':'
        || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal) || text is "---" or "...";

    private static string Escaped(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                < ' ' or '\u007f' or '\u0085' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                '\u2028' => "\\L",
                '\u2029' => "\\P",
                _ => c.ToString(),
            });
        }

        return result.Append('"').ToString();
    }

    [GeneratedRegex(@"^[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9_]+([eE][-+]?[0-9]+)?|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9:.]+( ?(Z|[-+][0-9:]+))?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Time();
}
