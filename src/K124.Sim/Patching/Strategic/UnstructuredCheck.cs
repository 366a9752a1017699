using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Patching.Strategic;

/// <summary>Tells whether a tree can be taken over into the types of a kind without going through text, and words the first
/// misfit as the server does for strategic merge patches.</summary>
internal static class UnstructuredCheck
{
    /// <summary>The first misfit in the order of the type's members; null if there is none.</summary>
    public static string? FirstError(JsonObject tree, SchemaType type)
    {
        foreach (var field in type.Fields)
        {
            if (tree[field.Name] is { } value && Check(value, field.Shape) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static string? Check(JsonNode value, SchemaShape shape) => shape.Kind switch
    {
        SchemaKind.Struct => value is JsonObject map ? FirstError(map, shape.Type!) : $"cannot restore struct from: {GoKind(value)}",
        SchemaKind.Map => value is JsonObject map ? Elements(map.Select(static m => m.Value), shape) : $"cannot restore map from {GoKind(value)}",
        SchemaKind.List => value is JsonArray list ? Elements(list, shape) : $"cannot restore slice from {GoKind(value)}",
        SchemaKind.Bytes => value.GetValueKind() == JsonValueKind.String ? null : $"cannot restore slice from {GoKind(value)}",
        SchemaKind.String => Text(value),
        SchemaKind.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : "unrecognized type: bool",
        SchemaKind.Int32 => Number(value, "int32"),
        SchemaKind.Int64 => Number(value, "int64"),
        SchemaKind.Double => value.GetValueKind() == JsonValueKind.Number ? null : "unrecognized type: float64",
        SchemaKind.Time or SchemaKind.MicroTime => value.GetValueKind() == JsonValueKind.String
            ? null
            : $"json: cannot unmarshal {GoJson.KindWord(value)} into Go value of type string",
        _ => null,
    };

    private static string? Elements(IEnumerable<JsonNode?> values, SchemaShape shape)
    {
        foreach (var value in values)
        {
            if (value is not null && Check(value, shape.Element!) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static string? Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => null,
        JsonValueKind.Number when GoJson.TryGetInteger(value.AsValue(), out _) => "cannot convert int64 to string",
        _ => "unrecognized type: string",
    };

    private static string? Number(JsonNode value, string goType)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
        {
            return $"unrecognized type: {goType}";
        }

        var number = value.AsValue();
        return GoJson.TryGetInteger(number, out _) || Math.Truncate(GoJson.ToDouble(number)).Equals(GoJson.ToDouble(number))
            ? null
            : $"cannot convert float64 to {goType}";
    }

    private static string GoKind(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "map",
        JsonValueKind.Array => "slice",
        JsonValueKind.String => "string",
        JsonValueKind.Number => GoJson.TryGetInteger(value.AsValue(), out _) ? "int64" : "float64",
        _ => "bool",
    };
}
