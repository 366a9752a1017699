using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Workloads;

/// <summary>Prints a pod template with every member and every type, the text that hashes are made of.</summary>
internal sealed class PodTemplatePrinter
{
    private const string Root = "v1.PodTemplateSpec";
    private const string ResourceList = "v1.ResourceList";
    private const string QuantityType = "resource.Quantity";
    private const string IntOrStringType = "intstr.IntOrString";
    private const string TimeType = "v1.Time";

    private readonly StringBuilder _text = new();

    public static string Print(JsonObject template)
    {
        var printer = new PodTemplatePrinter();
        printer.Declared(Root, template);
        return printer._text.ToString();
    }

    /// <summary>A value with the type that it is declared with.</summary>
    private void Declared(string type, JsonNode? value)
    {
        _text.Append('(').Append(type).Append(')');
        if (value is null && type[0] is '*' or '[' || (value is null && IsMap(type)))
        {
            _text.Append("<nil>");
        }
        else
        {
            Bare(type.TrimStart('*'), value);
        }
    }

    /// <summary>A value without its type, as elements of lists and maps are.</summary>
    private void Bare(string type, JsonNode? value)
    {
        if (type.StartsWith("[]", StringComparison.Ordinal))
        {
            List(type[2..], value!.AsArray());
        }
        else if (IsMap(type))
        {
            Map(type == ResourceList ? QuantityType : "string", value!.AsObject());
        }
        else
        {
            Single(type, value);
        }
    }

    private void Single(string type, JsonNode? value)
    {
        switch (type)
        {
            case QuantityType: PrintedQuantity.Append(_text, value is null ? "" : Text(value)); break;
            case IntOrStringType: IntOrString(value); break;
            case TimeType: _text.Append("{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}"); break;
            case "bool": _text.Append(value is not null && value.GetValue<bool>() ? "true" : "false"); break;
            case "int32" or "int64": _text.Append(value is null ? "0" : value.ToJsonString()); break;
            default:
                if (PodTemplateStructure.Find(type) is { } structure)
                {
                    _text.Append('{');
                    Members(structure, value as JsonObject);
                    _text.Append('}');
                }
                else
                {
                    _text.Append(value is null ? "" : Text(value));
                }

                break;
        }
    }

    private void Members(PodTemplateStructure structure, JsonObject? value)
    {
        var isFirst = true;
        foreach (var member in structure.Members)
        {
            if (!isFirst)
            {
                _text.Append(' ');
            }

            isFirst = false;
            _text.Append(member.Name).Append(':');
            Declared(member.Type, member.JsonName.Length == 0 ? value : value?[member.JsonName]);
        }
    }

    private void List(string elementType, JsonArray items)
    {
        _text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                _text.Append(' ');
            }

            Bare(elementType, items[i]);
        }

        _text.Append(']');
    }

    private void Map(string valueType, JsonObject entries)
    {
        _text.Append("map[");
        var isFirst = true;
        foreach (var (key, value) in entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            if (!isFirst)
            {
                _text.Append(' ');
            }

            isFirst = false;
            _text.Append(key).Append(':');
            Bare(valueType, value);
        }

        _text.Append(']');
    }

    private void IntOrString(JsonNode? value)
    {
        var isText = value?.GetValueKind() == JsonValueKind.String;
        _text.Append("{Type:(intstr.Type)").Append(isText ? '1' : '0')
            .Append(" IntVal:(int32)").Append(isText || value is null ? "0" : value.ToJsonString())
            .Append(" StrVal:(string)").Append(isText ? Text(value!) : "").Append('}');
    }

    private static bool IsMap(string type) => type == ResourceList || type.StartsWith("map[", StringComparison.Ordinal);

    private static string Text(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
