using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Patching.Typing;

/// <summary>Which of its forms a type takes for a value.</summary>
internal enum Form
{
    /// <summary>None fits.</summary>
    None,

    /// <summary>An object.</summary>
    Map,

    /// <summary>A scalar.</summary>
    Scalar,

    /// <summary>A list.</summary>
    List,
}

/// <summary>Chooses forms.</summary>
internal static class ShapeOf
{
    /// <summary>The form that a type takes for a value that is there.</summary>
    /// <remarks>Null fits every form; a type of several forms then counts as an object. A value whose form the type lacks is judged
    /// by the type's own form.</remarks>
    public static Form Choose(TypeShape type, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject when type.Map is not null: return Form.Map;
            case JsonArray when type.List is not null: return Form.List;
            case JsonValue when type.Scalar != ScalarForm.None && value.GetValueKind() != JsonValueKind.Null: return Form.Scalar;
            default: return Own(type);
        }
    }

    private static Form Own(TypeShape type) =>
        type.Map is not null ? Form.Map : type.Scalar != ScalarForm.None ? Form.Scalar : type.List is not null ? Form.List : Form.None;
}
