using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Validation;

/// <summary>Finds the type of a value by the path that an error names. Paths of errors do not always lead to the value itself: some name
/// a member of it, some leave out <c>spec</c>.</summary>
internal static class GoTypePath
{
    /// <summary>A type whose values print in a notation of their own.</summary>
    /// <param name="Shape">The type.</param>
    /// <param name="ElementName">Name of the type of a list's elements, where they are strings with one; otherwise null.</param>
    public readonly record struct Found(SchemaShape Shape, string? ElementName);

    /// <summary>Finds a type.</summary>
    /// <param name="type">Type of the object.</param>
    /// <param name="path">The path.</param>
    /// <param name="value">The value.</param>
    /// <returns>The type; null if the path leads nowhere, or the value prints the same whatever its type.</returns>
    public static Found? Find(SchemaType type, string path, JsonNode value)
    {
        var parts = Parts(path);
        if (Along(type, parts, value) is { } found)
        {
            return found;
        }

        return value is JsonValue || !type.TryGetField("spec", out var spec) || spec.Shape.Type is not { } inner
            ? null
            : Along(inner, parts, value) ?? (parts.Count > 1 ? Along(inner, parts[^(parts[^1].Length == 0 ? 2 : 1)..], value) : null);
    }

    private static Found? Along(SchemaType type, List<string> parts, JsonNode value)
    {
        Found? last = null;
        var shape = new SchemaShape(SchemaKind.Struct, type);
        foreach (var part in parts)
        {
            string? named = null;
            switch (shape.Kind)
            {
                case SchemaKind.Struct when shape.Type!.TryGetField(part, out var field):
                    named = GoTypes.NamedString(shape.Type, part);
                    shape = field.Shape;
                    break;
                case SchemaKind.List or SchemaKind.Map when part.Length == 0:
                    shape = shape.Element!;
                    break;
                default:
                    return last;
            }

            last = Fitting(shape, named, value) ?? last;
        }

        return value is JsonValue ? Fitting(shape, null, value) : last;
    }

    private static Found? Fitting(SchemaShape shape, string? named, JsonNode value) => value switch
    {
        JsonObject when shape.Kind is SchemaKind.Struct or SchemaKind.Map or SchemaKind.Any => new(shape, null),
        JsonObject when shape is { Kind: SchemaKind.List, Element.Kind: SchemaKind.Struct } => new(shape.Element, null),
        JsonArray when shape.Kind == SchemaKind.List => new(shape, named),
        JsonValue when shape.Kind is SchemaKind.Quantity or SchemaKind.IntOrString => new(shape, null),
        _ => null,
    };

    // Members by name, elements of lists and maps as empty parts.
    private static List<string> Parts(string path)
    {
        var parts = new List<string>();
        var start = 0;
        var depth = 0;
        for (var i = 0; i <= path.Length; i++)
        {
            var letter = i == path.Length ? '.' : path[i];
            if (letter is '.' or '[' && depth == 0)
            {
                if (i > start)
                {
                    parts.Add(path[start..i]);
                }

                start = i + 1;
            }

            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (letter == ']' && depth == 0)
            {
                parts.Add("");
                start = i + 1;
            }
        }

        return parts;
    }
}
