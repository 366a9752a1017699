using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Objects as messages print them: in Go syntax, with the names of the server's own types. Addresses, which every server
/// prints differently, are printed as one that stands for all.</summary>
internal static class GoStructs
{
    private const string Address = "0xc000000000";
    private const string Map = "map[string]";

    private static readonly Lazy<Dictionary<string, GoMember[]>> Types = new(static () => GoStructTable.Read());

    /// <summary>Prints a value.</summary>
    /// <param name="type">Its Go type, for example <c>core.PodTemplateSpec</c>, <c>[]core.Toleration</c> or <c>*v1.LabelSelector</c>.</param>
    /// <param name="value">The value; null is an absent one.</param>
    public static string Print(string type, JsonNode? value)
    {
        var text = new StringBuilder();
        Write(text, type, value);
        return text.ToString();
    }

    /// <summary>Prints the object that a pointer leads to, as messages do that are given pointers.</summary>
    public static string PrintPointed(string type, JsonNode? value) => value is null ? "\"null\"" : Print(type, value);

    private static void Write(StringBuilder text, string type, JsonNode? value)
    {
        switch (type)
        {
            case "string":
                text.Append(GoText.Quote(JsonTree.AsText(value) ?? ""));
                return;
            case "bool":
                text.Append(value?.GetValueKind() == JsonValueKind.True ? "true" : "false");
                return;
            case "int":
                text.Append(value?.ToJsonString() ?? "0");
                return;
            case "time":
                text.Append(Time(JsonTree.AsText(value)));
                return;
            case "*time":
                text.Append(value is null ? "<nil>" : Time(JsonTree.AsText(value)));
                return;
            case "resource.Quantity":
                text.Append(Quantity(JsonTree.AsText(value) ?? "0"));
                return;
            case "runtime.Unknown":
                WriteUnknown(text, value);
                return;
            case "intstr.IntOrString":
                var isText = JsonTree.AsText(value) is not null;
                text.Append("intstr.IntOrString{Type:").Append(isText ? 1 : 0).Append(", IntVal:").Append(isText ? "0" : value?.ToJsonString() ?? "0")
                    .Append(", StrVal:").Append(GoText.Quote(JsonTree.AsText(value) ?? "")).Append('}');
                return;
        }

        if (type[0] == '*')
        {
            text.Append('(').Append(type).Append(value is null ? ")(nil)" : $")({Address})");
        }
        else if (type.StartsWith("[]", StringComparison.Ordinal))
        {
            WriteList(text, type, value as JsonArray);
        }
        else if (type.StartsWith(Map, StringComparison.Ordinal) || type == "core.ResourceList")
        {
            WriteMap(text, type, value as JsonObject);
        }
        else
        {
            WriteStruct(text, type, value as JsonObject);
        }
    }

    private static void WriteList(StringBuilder text, string type, JsonArray? list)
    {
        text.Append(type);
        if (list is null)
        {
            text.Append("(nil)");
            return;
        }

        text.Append('{');
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, type == "[]uint8" ? "int" : type[2..], list[i]);
        }

        text.Append('}');
    }

    private static void WriteMap(StringBuilder text, string type, JsonObject? map)
    {
        text.Append(type);
        if (map is null)
        {
            text.Append("(nil)");
            return;
        }

        var element = type == "core.ResourceList" ? "resource.Quantity" : type[Map.Length..];
        var separator = "{";
        foreach (var (key, value) in map.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(GoText.Quote(key)).Append(':');
            Write(text, element, value);
            separator = ", ";
        }

        text.Append(map.Count == 0 ? "{}" : "}");
    }

    private static void WriteStruct(StringBuilder text, string type, JsonObject? tree)
    {
        text.Append(type).Append('{');
        var separator = "";
        foreach (var member in Types.Value[type])
        {
            text.Append(separator).Append(member.Name).Append(':');
            Write(text, member.Type, member.Json == "." ? tree : tree?[member.Json]);
            separator = ", ";
        }

        text.Append('}');
    }

    /// <summary>JSON that the server keeps as it came.</summary>
    private static void WriteUnknown(StringBuilder text, JsonNode? value)
    {
        text.Append("runtime.Unknown{TypeMeta:runtime.TypeMeta{APIVersion:\"\", Kind:\"\"}, Raw:[]uint8{");
        var separator = "";
        foreach (var item in Encoding.UTF8.GetBytes(GoJson.WriteSorted(value)))
        {
            text.Append(separator).Append("0x").Append(item.ToString("x", System.Globalization.CultureInfo.InvariantCulture));
            separator = ", ";
        }

        text.Append("}, ContentEncoding:\"\", ContentType:\"application/json\"}");
    }

    private static string Time(string? text)
    {
        if (!DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time))
        {
            return "time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)";
        }

        var utc = time.UtcDateTime;
        var month = utc.ToString("MMMM", System.Globalization.CultureInfo.InvariantCulture);
        return FormattableString.Invariant(
            $"time.Date({utc.Year}, time.{month}, {utc.Day}, {utc.Hour}, {utc.Minute}, {utc.Second}, {utc.Ticks % TimeSpan.TicksPerSecond * 100}, time.Local)");
    }

    /// <summary>Prints a quantity in its canonical spelling.</summary>
    public static string Quantity(string canonical)
    {
        var (value, scale, format) = QuantityParts.Of(canonical);
        return $"resource.Quantity{{i:resource.int64Amount{{value:{value}, scale:{scale}}}, d:resource.infDecAmount{{Dec:(*inf.Dec)(nil)}}, "
            + $"s:{GoText.Quote(canonical)}, Format:\"{format}\"}}";
    }
}

/// <summary>A member of a Go struct.</summary>
/// <param name="Name">Its name in Go.</param>
/// <param name="Json">Its name in JSON; a dot if its members stand in the object around it.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct GoMember(string Name, string Json, string Type);
