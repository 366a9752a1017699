using System.Text.Json.Nodes;

namespace K124.Sim.Kinds;

/// <summary>Reads and changes objects in their JSON form. Absent members read as zero, as in the API's own types.</summary>
internal static class JsonTree
{
    /// <summary>A string member; empty if it is absent.</summary>
    public static string Text(this JsonObject? tree, string name) => tree.TextOrNull(name) ?? "";

    /// <summary>A string member; null if it is absent.</summary>
    public static string? TextOrNull(this JsonObject? tree, string name) => AsText(tree?[name]);

    /// <summary>An integer member; null if it is absent.</summary>
    public static long? NumberOrNull(this JsonObject? tree, string name) => AsNumber(tree?[name]);

    /// <summary>An integer member; 0 if it is absent.</summary>
    public static long Number(this JsonObject? tree, string name) => AsNumber(tree?[name]) ?? 0;

    /// <summary>A boolean member; null if it is absent.</summary>
    public static bool? FlagOrNull(this JsonObject? tree, string name) =>
        tree?[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>A boolean member; false if it is absent.</summary>
    public static bool Flag(this JsonObject? tree, string name) => tree.FlagOrNull(name) == true;

    /// <summary>An object member; null if it is absent.</summary>
    public static JsonObject? Object(this JsonObject? tree, string name) => tree?[name] as JsonObject;

    /// <summary>The object at the end of a path of members; null if one of them is absent.</summary>
    public static JsonObject? Object(this JsonObject? tree, string first, string second) => tree.Object(first).Object(second);

    /// <summary>A list member; null if it is absent.</summary>
    public static JsonArray? List(this JsonObject? tree, string name) => tree?[name] as JsonArray;

    /// <summary>How many elements a list or map member has; 0 if it is absent.</summary>
    public static int Count(this JsonObject? tree, string name) => tree?[name] switch
    {
        JsonArray list => list.Count,
        JsonObject map => map.Count,
        _ => 0,
    };

    /// <summary>The objects in a list member; none if it is absent.</summary>
    public static JsonObjects Objects(this JsonObject? tree, string name) => new(tree.List(name));

    /// <summary>The strings in a list member; none if it is absent.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject? tree, string name)
    {
        var list = tree.List(name);
        if (list is null || list.Count == 0)
        {
            return [];
        }

        var texts = new string[list.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = AsText(list[i]) ?? "";
        }

        return texts;
    }

    /// <summary>Whether a member is there, whatever it holds.</summary>
    public static bool Has(this JsonObject? tree, string name) => tree?.ContainsKey(name) == true;

    /// <summary>Whether an object or list is absent or has no members.</summary>
    public static bool IsEmpty(this JsonNode? node) => node switch
    {
        null => true,
        JsonObject tree => tree.Count == 0,
        JsonArray list => list.Count == 0,
        _ => false,
    };

    /// <summary>The object member, made if it is absent.</summary>
    public static JsonObject Ensure(this JsonObject tree, string name)
    {
        if (tree[name] is JsonObject found)
        {
            return found;
        }

        var made = new JsonObject();
        tree[name] = made;
        return made;
    }

    /// <summary>The list member, made if it is absent.</summary>
    public static JsonArray EnsureList(this JsonObject tree, string name)
    {
        if (tree[name] is JsonArray found)
        {
            return found;
        }

        var made = new JsonArray();
        tree[name] = made;
        return made;
    }

    /// <summary>Sets a member that is absent.</summary>
    public static void Default(this JsonObject tree, string name, string value)
    {
        if (!tree.ContainsKey(name))
        {
            tree.Add(name, JsonValue.Create(value));
        }
    }

    /// <summary>Sets a member that is absent.</summary>
    public static void Default(this JsonObject tree, string name, long value)
    {
        if (!tree.ContainsKey(name))
        {
            tree.Add(name, JsonValue.Create(value));
        }
    }

    /// <summary>Sets a member that is absent.</summary>
    public static void Default(this JsonObject tree, string name, bool value)
    {
        if (!tree.ContainsKey(name))
        {
            tree.Add(name, JsonValue.Create(value));
        }
    }

    /// <summary>Sets a member, or removes it if the value is empty.</summary>
    public static void Set(this JsonObject tree, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            tree.Remove(name);
        }
        else
        {
            tree[name] = JsonValue.Create(value);
        }
    }

    /// <summary>Makes a member what it is in another object: a copy, or absent.</summary>
    public static void CopyFrom(this JsonObject tree, JsonObject? source, string name)
    {
        if (source?[name] is { } value)
        {
            tree[name] = value.DeepClone();
        }
        else
        {
            tree.Remove(name);
        }
    }

    /// <summary>The string that a node holds; null if it holds none.</summary>
    public static string? AsText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The integer that a node holds; null if it holds none.</summary>
    public static long? AsNumber(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        if (value.TryGetValue(out long number))
        {
            return number;
        }

        return value.TryGetValue(out int small) ? small : null;
    }
}
