using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Text;

/// <summary>Writes trees as Go's encoder and Go's <c>%v</c> do.</summary>
internal static class GoJsonWriter
{
    public static void Append(StringBuilder text, JsonNode? node, bool sorted)
    {
        switch (node)
        {
            case JsonObject map: AppendObject(text, map, sorted); break;
            case JsonArray list: AppendArray(text, list, sorted); break;
            case JsonValue value: AppendScalar(text, value); break;
            default: text.Append("null"); break;
        }
    }

    public static void AppendPrinted(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map: AppendPrintedObject(text, map); break;
            case JsonArray list: AppendPrintedArray(text, list); break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String: text.Append(value.GetValue<string>()); break;
            case JsonValue value when value.GetValueKind() != JsonValueKind.Null: AppendScalar(text, value); break;
            default: text.Append("<nil>"); break;
        }
    }

    public static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }

    private static void AppendObject(StringBuilder text, JsonObject map, bool sorted)
    {
        IEnumerable<KeyValuePair<string, JsonNode?>> members = sorted ? map.OrderBy(static m => m.Key, StringComparer.Ordinal) : map;
        text.Append('{');
        var first = true;
        foreach (var (key, value) in members)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            AppendString(text, key);
            text.Append(':');
            Append(text, value, sorted);
        }

        text.Append('}');
    }

    private static void AppendArray(StringBuilder text, JsonArray list, bool sorted)
    {
        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            Append(text, list[i], sorted);
        }

        text.Append(']');
    }

    private static void AppendScalar(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String: AppendString(text, value.GetValue<string>()); break;
            case JsonValueKind.Number: text.Append(GoJson.Number(value)); break;
            case JsonValueKind.True: text.Append("true"); break;
            case JsonValueKind.False: text.Append("false"); break;
            default: text.Append("null"); break;
        }
    }

    private static void AppendPrintedObject(StringBuilder text, JsonObject map)
    {
        text.Append("map[");
        var first = true;
        foreach (var (key, value) in map.OrderBy(static m => m.Key, StringComparer.Ordinal))
        {
            if (!first)
            {
                text.Append(' ');
            }

            first = false;
            text.Append(key).Append(':');
            AppendPrinted(text, value);
        }

        text.Append(']');
    }

    private static void AppendPrintedArray(StringBuilder text, JsonArray list)
    {
        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                text.Append(' ');
            }

            AppendPrinted(text, list[i]);
        }

        text.Append(']');
    }
}
