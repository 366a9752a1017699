using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Patching.Typing;

/// <summary>The form in which the server writes an object that nobody has said anything about.</summary>
internal static class EmptyObject
{
    /// <summary>The empty object of a type: members that are written even when they are zero.</summary>
    public static JsonObject Of(SchemaType type)
    {
        var result = new JsonObject();
        foreach (var field in type.Fields)
        {
            if (field.IsPointer)
            {
                continue;
            }

            switch (field.Shape.Kind)
            {
                case SchemaKind.Struct: result.Add(field.Name, Of(field.Shape.Type!)); break;
                case SchemaKind.Time or SchemaKind.MicroTime: result.Add(field.Name, null); break;
                case SchemaKind.Quantity: result.Add(field.Name, "0"); break;
                case SchemaKind.IntOrString: result.Add(field.Name, 0); break;
                default:
                    if (field.IsAlwaysWritten)
                    {
                        result.Add(field.Name, Zero(field.Shape.Kind));
                    }

                    break;
            }
        }

        return result;
    }

    private static JsonNode? Zero(SchemaKind kind) => kind switch
    {
        SchemaKind.String => JsonValue.Create(""),
        SchemaKind.Boolean => JsonValue.Create(false),
        SchemaKind.Int32 or SchemaKind.Int64 => JsonValue.Create(0L),
        SchemaKind.Double => JsonValue.Create(0.0),
        _ => null,
    };
}
