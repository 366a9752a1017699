using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Schema;

/// <summary>Brings an object into the form in which kinds work on it, and tells what does not fit its type.</summary>
/// <remarks>The form: no unknown members, no nulls, nothing that equals its zero except where zero differs from absent; quantities,
/// times and bytes canonical; numbers as 64-bit integers. The first misfit in the order of the document is told, as 1.24 does.</remarks>
internal sealed class ObjectDecoder
{
    private readonly List<string> _path = [];
    private SchemaType? _struct;
    private string? _error;

    private ObjectDecoder()
    {
    }

    /// <summary>Decodes an object.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="source">The object as it came; it is not changed.</param>
    /// <param name="error">What does not fit; null if everything does.</param>
    /// <returns>The object in its working form.</returns>
    public static JsonObject Decode(SchemaType type, JsonNode? source, out string? error)
    {
        var decoder = new ObjectDecoder();
        var result = decoder.Struct(type, source);
        error = decoder._error;
        return result ?? [];
    }

    private JsonNode? Value(SchemaShape shape, JsonNode source, bool keepZero) => shape.Kind switch
    {
        SchemaKind.Struct => Struct(shape.Type!, source),
        SchemaKind.List => List(shape, source),
        SchemaKind.Map => Map(shape, source),
        SchemaKind.Any => source.DeepClone(),
        _ => Scalar(shape, source, keepZero),
    };

    private JsonObject? Struct(SchemaType type, JsonNode? source)
    {
        if (source is null)
        {
            return [];
        }

        if (source is not JsonObject members)
        {
            Misfit(source, type.GoName);
            return null;
        }

        var outer = _struct;
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is null || !type.TryGetField(name, out var field))
            {
                continue;
            }

            _struct = type;
            _path.Add(name);
            var decoded = Value(field.Shape, value, field.IsPointer);
            _path.RemoveAt(_path.Count - 1);
            if (decoded is not null && (!IsEmptyCollection(field, decoded) || IsOverheadOfPod(field)))
            {
                result.Add(name, decoded);
            }
        }

        _struct = outer;
        return result;
    }

    // Admission tells a pod with empty overhead from one without any.
    private bool IsOverheadOfPod(SchemaField field) => field.Name == "overhead" && _path.Count == 1;

    // An explicitly empty list of bytes differs from an absent one in storage, though not in print.
    private static bool IsEmptyCollection(SchemaField field, JsonNode decoded) => decoded switch
    {
        JsonArray list => list.Count == 0 && !field.IsPointer,
        JsonObject members => members.Count == 0 && !field.IsPointer && field.Shape.Kind != SchemaKind.Any,
        _ => false,
    };

    private JsonArray? List(SchemaShape shape, JsonNode source)
    {
        if (source is not JsonArray items)
        {
            Misfit(source, shape.GoName);
            return null;
        }

        var result = new JsonArray();
        var element = shape.Element!;
        foreach (var item in items)
        {
            result.Add(item is null ? Zero(element) : Value(element, item, keepZero: true) ?? Zero(element));
        }

        return result;
    }

    private JsonObject? Map(SchemaShape shape, JsonNode source)
    {
        if (source is not JsonObject members)
        {
            Misfit(source, shape.GoName);
            return null;
        }

        var result = new JsonObject();
        var element = shape.Element!;
        foreach (var (key, item) in members)
        {
            var value = item is null ? Zero(element) : Value(element, item, keepZero: true) ?? Zero(element);
            if (element.Kind == SchemaKind.Quantity && value is not null)
            {
                value = JsonValue.Create(Quantities.RoundUpToMilli(JsonTree.AsText(value)!));
            }

            result[key] = value;
        }

        return result;
    }

    private static JsonNode? Zero(SchemaShape shape) => shape.Kind switch
    {
        SchemaKind.String or SchemaKind.Bytes => JsonValue.Create(""),
        SchemaKind.Boolean => JsonValue.Create(false),
        SchemaKind.Int32 or SchemaKind.Int64 or SchemaKind.IntOrString => JsonValue.Create(0L),
        SchemaKind.Double => JsonValue.Create(0d),
        SchemaKind.Quantity => JsonValue.Create("0"),
        SchemaKind.Struct or SchemaKind.Map => new JsonObject(),
        SchemaKind.List => new JsonArray(),
        _ => null,
    };

    private JsonValue? Scalar(SchemaShape shape, JsonNode source, bool keepZero)
    {
        var kind = source.GetValueKind();
        switch (shape.Kind)
        {
            case SchemaKind.String when kind == JsonValueKind.String:
                var text = JsonTree.AsText(source)!;
                return text.Length == 0 && !keepZero ? null : JsonValue.Create(text);
            case SchemaKind.Boolean when kind is JsonValueKind.True or JsonValueKind.False:
                return kind == JsonValueKind.False && !keepZero ? null : JsonValue.Create(kind == JsonValueKind.True);
            case SchemaKind.Int32 or SchemaKind.Int64 when kind == JsonValueKind.Number:
                return Integer(shape, source, keepZero);
            case SchemaKind.Double when kind == JsonValueKind.Number:
                var number = double.Parse(source.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
                return number == 0 && !keepZero ? null : JsonValue.Create(number);
            case SchemaKind.Bytes when kind == JsonValueKind.String:
                return Bytes(JsonTree.AsText(source)!);
            case SchemaKind.Time or SchemaKind.MicroTime when kind == JsonValueKind.String:
                return Time(shape.Kind == SchemaKind.MicroTime, JsonTree.AsText(source)!);
            case SchemaKind.Quantity:
                return QuantityValue(source, kind, keepZero);
            case SchemaKind.IntOrString when kind == JsonValueKind.String:
                return JsonValue.Create(JsonTree.AsText(source)!);
            case SchemaKind.IntOrString when kind == JsonValueKind.Number:
                return IntegerOfEither(source, keepZero);
            case SchemaKind.Time or SchemaKind.MicroTime or SchemaKind.IntOrString:
                // These types decode themselves, so their messages know no field.
                Fail($"json: cannot unmarshal {KindName(source)} into Go value of type {(shape.Kind == SchemaKind.IntOrString ? "int32" : "string")}");
                return null;
            default:
                Misfit(source, shape.GoName);
                return null;
        }
    }

    private JsonValue? Integer(SchemaShape shape, JsonNode source, bool keepZero)
    {
        if (TryInteger(source, shape.Kind == SchemaKind.Int32, out var number))
        {
            return number == 0 && !keepZero ? null : JsonValue.Create(number);
        }

        Misfit(source, shape.GoName, "number " + source.ToJsonString());
        return null;
    }

    private JsonValue? IntegerOfEither(JsonNode source, bool keepZero)
    {
        if (TryInteger(source, isSmall: true, out var number))
        {
            return number == 0 && !keepZero ? null : JsonValue.Create(number);
        }

        Fail($"json: cannot unmarshal number {source.ToJsonString()} into Go value of type int32");
        return null;
    }

    private static bool TryInteger(JsonNode source, bool isSmall, out long number)
    {
        var found = JsonTree.AsNumber(source);
        number = found ?? 0;
        return found is not null && (!isSmall || number is >= int.MinValue and <= int.MaxValue);
    }

    private JsonValue? Bytes(string text)
    {
        if (Base64Text.TryNormalize(text, out var normal, out var offset))
        {
            return JsonValue.Create(normal);
        }

        Fail($"illegal base64 data at input byte {offset}");
        return null;
    }

    private JsonValue? Time(bool inMicroseconds, string text)
    {
        if (ApiTime.TryNormalize(text, inMicroseconds, out var normal, out var error))
        {
            return JsonValue.Create(normal);
        }

        Fail(error);
        return null;
    }

    private JsonValue? QuantityValue(JsonNode source, JsonValueKind kind, bool keepZero)
    {
        if (kind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            Fail(Quantities.Malformed);
            return null;
        }

        var text = kind == JsonValueKind.String ? JsonTree.AsText(source)! : source.ToJsonString();
        if (Quantities.TryParse(text.Trim(), out var quantity, out var error))
        {
            return quantity.IsZero && !keepZero ? null : JsonValue.Create(quantity.ToString());
        }

        Fail(error);
        return null;
    }

    private void Misfit(JsonNode source, string goName, string? what = null)
    {
        what ??= KindName(source);
        Fail(_struct is null || _path.Count == 0
            ? $"json: cannot unmarshal {what} into Go value of type {goName}"
            : $"json: cannot unmarshal {what} into Go struct field {_struct.ShortName}.{string.Join('.', _path)} of type {goName}");
    }

    private void Fail(string error) => _error ??= error;

    private static string KindName(JsonNode source) => source.GetValueKind() switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}
