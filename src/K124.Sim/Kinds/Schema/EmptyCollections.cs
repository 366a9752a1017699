using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Schema;

/// <summary>Lists and maps that a client sent empty. The store does not tell them from absent ones, but who sends one where the server
/// otherwise writes null comes to own the member.</summary>
internal static class EmptyCollections
{
    /// <summary>Puts the empty collections of a body into the object that was made of it.</summary>
    /// <param name="type">Type of the object.</param>
    /// <param name="sent">The body.</param>
    /// <param name="tree">The object as the server shows it; changed in place.</param>
    public static void Restore(SchemaType type, JsonObject sent, JsonObject tree)
    {
        foreach (var (name, value) in sent)
        {
            if (value is null or JsonValue || !type.TryGetField(name, out var field))
            {
                continue;
            }

            if (tree[name] is { } present)
            {
                Restore(field.Shape, value, present);
            }
            else if (field.IsAlwaysWritten && tree.ContainsKey(name) && IsEmpty(field.Shape, value))
            {
                tree[name] = value.DeepClone();
            }
        }
    }

    /// <summary>Whether a value holds an empty list or map. Stored objects hold none, so to kinds that compare exactly it is a change.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="value">The value.</param>
    public static bool AreIn(SchemaShape shape, JsonNode? value)
    {
        switch (shape.Kind, value)
        {
            case (SchemaKind.List, JsonArray list):
                return list.Count == 0 || list.Any(item => AreIn(shape.Element!, item));
            case (SchemaKind.Map, JsonObject map):
                return map.Count == 0 || map.Any(item => AreIn(shape.Element!, item.Value));
            case (SchemaKind.Struct, JsonObject members):
                return members.Any(member => shape.Type!.TryGetField(member.Key, out var field) && AreIn(field.Shape, member.Value));
            default:
                return false;
        }
    }

    /// <summary>Whether a body can hold an empty list or map.</summary>
    /// <param name="body">The body, as JSON or YAML.</param>
    /// <returns>False if it surely holds none.</returns>
    public static bool MayBeIn(ReadOnlySpan<byte> body)
    {
        var opened = (byte)0;
        foreach (var letter in body)
        {
            if (opened != 0 && letter == opened + 2)
            {
                return true;
            }

            // In ASCII a closing bracket stands two after its opening one.
            opened = letter is (byte)'[' or (byte)'{' ? letter : letter is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' ? opened : (byte)0;
        }

        return false;
    }

    private static void Restore(SchemaShape shape, JsonNode sent, JsonNode present)
    {
        switch (shape.Kind)
        {
            case SchemaKind.Struct when sent is JsonObject members && present is JsonObject tree:
                Restore(shape.Type!, members, tree);
                break;
            case SchemaKind.List when sent is JsonArray items && present is JsonArray list && items.Count == list.Count:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is { } item && list[i] is { } element)
                    {
                        Restore(shape.Element!, item, element);
                    }
                }

                break;
        }
    }

    private static bool IsEmpty(SchemaShape shape, JsonNode value) => (shape.Kind, value) switch
    {
        (SchemaKind.List, JsonArray { Count: 0 }) => true,
        (SchemaKind.Map, JsonObject { Count: 0 }) => true,
        _ => false,
    };
}
