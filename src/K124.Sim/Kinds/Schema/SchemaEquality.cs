using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Schema;

/// <summary>Whether two values of the API mean the same: absent and empty lists are equal, quantities compare as amounts.</summary>
internal static class SchemaEquality
{
    /// <summary>Compares a member of two objects of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="left">One object; null reads as empty.</param>
    /// <param name="right">The other.</param>
    /// <param name="member">Name of the member.</param>
    /// <returns>True if they mean the same.</returns>
    public static bool MemberEquals(SchemaType type, JsonObject? left, JsonObject? right, string member)
    {
        var field = type.Field(member);
        return Equals(field, left?[member], right?[member]);
    }

    /// <summary>Compares two objects of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="left">One object; null reads as empty.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if they mean the same.</returns>
    public static bool Equals(SchemaType type, JsonObject? left, JsonObject? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left is not null)
        {
            foreach (var (name, value) in left)
            {
                if (type.TryGetField(name, out var field) && !Equals(field, value, right?[name]))
                {
                    return false;
                }
            }
        }

        if (right is not null)
        {
            foreach (var (name, value) in right)
            {
                if (left?.ContainsKey(name) != true && type.TryGetField(name, out var field) && !Equals(field, null, value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Compares two values of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="left">One value; null reads as zero.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if they mean the same.</returns>
    public static bool Equals(SchemaShape shape, JsonNode? left, JsonNode? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        switch (shape.Kind)
        {
            case SchemaKind.Struct:
                return Equals(shape.Type!, left as JsonObject, right as JsonObject);
            case SchemaKind.List:
                return ListEquals(shape.Element!, left as JsonArray, right as JsonArray);
            case SchemaKind.Map:
                return MapEquals(shape.Element!, left as JsonObject, right as JsonObject);
            case SchemaKind.Quantity:
                return Quantities.Read(JsonTree.AsText(left)) == Quantities.Read(JsonTree.AsText(right));
            case SchemaKind.Any:
                return JsonNode.DeepEquals(left, right);
            default:
                return ScalarEquals(left, right);
        }
    }

    private static bool Equals(SchemaField field, JsonNode? left, JsonNode? right) =>
        field.IsPointer && (left is null || right is null) ? left is null && right is null
        : field.Shape.Kind == SchemaKind.Bytes ? JsonTree.AsText(left) == JsonTree.AsText(right)
        : Equals(field.Shape, left, right);

    private static bool ListEquals(SchemaShape element, JsonArray? left, JsonArray? right)
    {
        var count = left?.Count ?? 0;
        if (count != (right?.Count ?? 0))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!Equals(element, left![i], right![i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MapEquals(SchemaShape element, JsonObject? left, JsonObject? right)
    {
        if ((left?.Count ?? 0) != (right?.Count ?? 0))
        {
            return false;
        }

        if (left is not null)
        {
            foreach (var (key, value) in left)
            {
                if (right?.TryGetPropertyValue(key, out var other) != true || !Equals(element, value, other))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool ScalarEquals(JsonNode? left, JsonNode? right)
    {
        var leftText = JsonTree.AsText(left);
        var rightText = JsonTree.AsText(right);
        if (leftText is not null || rightText is not null)
        {
            return leftText == rightText || (IsZero(left) && IsZero(right));
        }

        if (JsonTree.AsNumber(left) is { } leftNumber || JsonTree.AsNumber(right) is not null)
        {
            return (JsonTree.AsNumber(left) ?? 0) == (JsonTree.AsNumber(right) ?? 0);
        }

        return IsZero(left) ? IsZero(right) : JsonNode.DeepEquals(left, right);
    }

    private static bool IsZero(JsonNode? node) =>
        node is null || JsonTree.AsText(node) is "" || JsonTree.AsNumber(node) == 0 || (node is JsonValue value && value.TryGetValue(out bool flag) && !flag);
}
