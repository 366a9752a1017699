using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Values as the server prints them into messages: in Go's notation, with the types that it works on. Pointers are followed
/// at the top alone; below, all are printed as one address, since where a value lies says nothing.</summary>
internal sealed class GoStruct
{
    private const string Address = "0xc000000000";

    private readonly StringBuilder _text = new();

    private GoStruct()
    {
    }

    /// <summary>Prints an object.</summary>
    /// <param name="typeName">Name of its type in the schema.</param>
    /// <param name="value">The object; null prints as one that is all zero.</param>
    /// <returns>The text.</returns>
    public static string Print(string typeName, JsonNode? value)
    {
        var printer = new GoStruct();
        printer.Struct(SchemaFacts.Instance.Type(typeName), value as JsonObject);
        return printer._text.ToString();
    }

    /// <summary>Prints the value of a member of an object, if the notation depends on its type.</summary>
    /// <param name="type">Type of the object.</param>
    /// <param name="path">Path of the member, as errors name it.</param>
    /// <param name="value">The value.</param>
    /// <param name="text">The text.</param>
    /// <returns>False if the path leads nowhere, or the value prints the same whatever its type.</returns>
    public static bool TryPrint(SchemaType type, string path, JsonNode value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (GoTypePath.Find(type, path, value) is not { } found)
        {
            return false;
        }

        var printer = new GoStruct();
        printer.Value(found.Shape, value, found.ElementName);
        text = printer._text.ToString();
        return true;
    }

    /// <summary>Prints a raw value.</summary>
    /// <param name="json">Its bytes, as text.</param>
    /// <returns>The text.</returns>
    public static string PrintRaw(string json)
    {
        var printer = new GoStruct();
        printer.Raw(json);
        return printer._text.ToString();
    }

    private void Struct(SchemaType type, JsonObject? tree)
    {
        _text.Append(GoTypes.NameOf(type)).Append('{');
        var start = _text.Length;
        foreach (var member in GoTypes.MembersOf(type))
        {
            if (member == GoTypes.End)
            {
                _text.Append('}');
                continue;
            }

            if (_text.Length > start && _text[^1] != '{')
            {
                _text.Append(", ");
            }

            if (member[0] == GoTypes.Begin)
            {
                _text.Append(member, 1, member.Length - 1).Append('{');
            }
            else
            {
                _text.Append(GoTypes.MemberName(member)).Append(':');
                Member(type, type.Field(member), tree?[member]);
            }
        }

        _text.Append('}');
    }

    private void Member(SchemaType owner, SchemaField field, JsonNode? value)
    {
        var shape = field.Shape;
        var named = GoTypes.NamedString(owner, field.Name);
        var isPointer = field.IsPointer && !shape.IsCollection && shape.Kind != SchemaKind.Any && !GoTypes.IsHeldByValue(owner, field.Name);
        if (!isPointer)
        {
            Value(shape, value, named);
        }
        else if (shape.Kind is SchemaKind.Time or SchemaKind.MicroTime)
        {
            _text.Append(value is null ? "<nil>" : GoTypes.Time(JsonTree.AsText(value)));
        }
        else
        {
            _text.Append("(*").Append(named ?? GoTypes.NameOf(shape)).Append(")(").Append(value is null ? "nil" : Address).Append(')');
        }
    }

    private void Value(SchemaShape shape, JsonNode? value, string? elementName)
    {
        switch (shape.Kind)
        {
            case SchemaKind.Struct:
                Struct(shape.Type!, value as JsonObject);
                break;
            case SchemaKind.List:
                List(shape, value as JsonArray, elementName);
                break;
            case SchemaKind.Map:
                Map(shape, value as JsonObject);
                break;
            case SchemaKind.String:
                _text.Append(GoText.Quote(JsonTree.AsText(value) ?? ""));
                break;
            case SchemaKind.Boolean:
                _text.Append(value?.ToJsonString() ?? "false");
                break;
            case SchemaKind.Int32 or SchemaKind.Int64 or SchemaKind.Double:
                _text.Append(value?.ToJsonString() ?? "0");
                break;
            case SchemaKind.Time or SchemaKind.MicroTime:
                _text.Append(GoTypes.Time(JsonTree.AsText(value)));
                break;
            case SchemaKind.Quantity:
                _text.Append(GoTypes.Quantity(JsonTree.AsText(value) ?? "0"));
                break;
            case SchemaKind.IntOrString:
                IntOrString(value);
                break;
            case SchemaKind.Bytes:
                Bytes(value is null ? null : Convert.FromBase64String(JsonTree.AsText(value) ?? ""));
                break;
            default:
                Raw(value is null ? null : GoJson.Write(value));
                break;
        }
    }

    private void List(SchemaShape shape, JsonArray? list, string? elementName)
    {
        _text.Append("[]").Append(elementName ?? GoTypes.NameOf(shape.Element!));
        if (list is null)
        {
            _text.Append("(nil)");
            return;
        }

        _text.Append('{');
        for (var i = 0; i < list.Count; i++)
        {
            _text.Append(i == 0 ? "" : ", ");
            Value(shape.Element!, list[i], null);
        }

        _text.Append('}');
    }

    private void Map(SchemaShape shape, JsonObject? map)
    {
        _text.Append(GoTypes.NameOf(shape));
        if (map is null)
        {
            _text.Append("(nil)");
            return;
        }

        var separator = "{";
        foreach (var (key, value) in map.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            _text.Append(separator).Append(GoText.Quote(key)).Append(':');
            Value(shape.Element!, value, null);
            separator = ", ";
        }

        _text.Append(map.Count == 0 ? "{}" : "}");
    }

    private void IntOrString(JsonNode? value)
    {
        var text = JsonTree.AsText(value);
        _text.Append(
            CultureInfo.InvariantCulture,
            $"intstr.IntOrString{{Type:{(text is null ? 0 : 1)}, IntVal:{(text is null ? JsonTree.AsNumber(value) ?? 0 : 0)}, StrVal:{GoText.Quote(text ?? "")}}}");
    }

    private void Raw(string? json)
    {
        if (json is null)
        {
            _text.Append("runtime.Object(nil)");
            return;
        }

        _text.Append("runtime.Unknown{TypeMeta:runtime.TypeMeta{APIVersion:\"\", Kind:\"\"}, Raw:");
        Bytes(Encoding.UTF8.GetBytes(json));
        _text.Append(", ContentEncoding:\"\", ContentType:\"application/json\"}");
    }

    private void Bytes(byte[]? bytes)
    {
        _text.Append("[]uint8").Append(bytes is null ? "(nil)" : "{");
        var separator = "";
        foreach (var letter in bytes ?? [])
        {
            _text.Append(CultureInfo.InvariantCulture, $"{separator}0x{letter:x}");
            separator = ", ";
        }

        _text.Append(bytes is null ? "" : "}");
    }
}
