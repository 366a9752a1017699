using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Schema;

/// <summary>Brings an object from the form in which kinds work on it into the form in which the server shows it: members in the
/// order of its type, nothing empty that need not be written, zeros and nulls where the server always writes them.</summary>
internal static class ObjectWriter
{
    /// <summary>Completes and orders an object in place.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="tree">The object.</param>
    public static void Complete(SchemaType type, JsonObject tree)
    {
        var fields = type.Fields;
        var slots = new JsonNode?[fields.Length];
        foreach (var (name, value) in tree)
        {
            if (value is not null && type.TryGetField(name, out var field))
            {
                slots[field.Index] = value;
            }
        }

        tree.Clear();
        for (var i = 0; i < slots.Length; i++)
        {
            var field = fields[i];
            var value = slots[i];
            if (value is not null)
            {
                value = Completed(field, value);
            }
            else if (!field.IsPointer && Absent(field) is { } zero)
            {
                value = zero;
            }

            if (value is not null)
            {
                tree.Add(field.Name, value);
            }
            else if (IsWrittenAsNull(field))
            {
                tree.Add(field.Name, null);
            }
        }
    }

    private static JsonNode? Completed(SchemaField field, JsonNode value)
    {
        Complete(field.Shape, value);
        return value switch
        {
            JsonArray { Count: 0 } => null,
            JsonObject { Count: 0 } when field.Shape.Kind == SchemaKind.Map => null,
            JsonValue when field.Shape.Kind == SchemaKind.Bytes && JsonTree.AsText(value) is "" => field.IsAlwaysWritten ? value : null,
            _ => value,
        };
    }

    private static void Complete(SchemaShape shape, JsonNode value)
    {
        switch (shape.Kind)
        {
            case SchemaKind.Struct when value is JsonObject tree:
                Complete(shape.Type!, tree);
                break;
            case SchemaKind.List when shape.Element!.Kind is SchemaKind.Struct or SchemaKind.Map or SchemaKind.List:
                foreach (var item in (JsonArray)value)
                {
                    Complete(shape.Element, item!);
                }

                break;
            case SchemaKind.Map when value is JsonObject map:
                SortKeys(map);
                if (shape.Element!.Kind is SchemaKind.Struct or SchemaKind.List)
                {
                    foreach (var (_, item) in map)
                    {
                        Complete(shape.Element, item!);
                    }
                }

                break;
        }
    }

    /// <summary>The server writes the keys of maps in their order.</summary>
    private static void SortKeys(JsonObject map)
    {
        var last = "";
        foreach (var (key, _) in map)
        {
            if (string.CompareOrdinal(key, last) < 0)
            {
                var members = map.OrderBy(static m => m.Key, StringComparer.Ordinal).ToArray();
                map.Clear();
                foreach (var (name, value) in members)
                {
                    map.Add(name, value);
                }

                return;
            }

            last = key;
        }
    }

    /// <summary>What the server writes for an absent member that is no pointer; null if it leaves it out or writes null.</summary>
    private static JsonNode? Absent(SchemaField field)
    {
        switch (field.Shape.Kind)
        {
            case SchemaKind.Struct:
                var tree = new JsonObject();
                if (field.Shape.Type!.WritesAbsentMembers)
                {
                    Complete(field.Shape.Type, tree);
                }

                return tree;
            case SchemaKind.Quantity:
                return JsonValue.Create("0");
            case SchemaKind.IntOrString:
                return JsonValue.Create(0L);
            case SchemaKind.String when field.IsAlwaysWritten:
                return JsonValue.Create("");
            case SchemaKind.Boolean when field.IsAlwaysWritten:
                return JsonValue.Create(false);
            case SchemaKind.Int32 or SchemaKind.Int64 or SchemaKind.Double when field.IsAlwaysWritten:
                return JsonValue.Create(0L);
            default:
                return null;
        }
    }

    private static bool IsWrittenAsNull(SchemaField field) =>
        field.IsAlwaysWritten || (!field.IsPointer && field.Shape.Kind is SchemaKind.Time or SchemaKind.MicroTime);
}
