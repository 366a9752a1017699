using System.Text.Json.Nodes;

namespace K124.Sim.Patching.Fields;

/// <summary>Field sets as <c>managedFields</c> holds them.</summary>
internal static class FieldsV1
{
    private const string Self = ".";

    /// <summary>Writes a set.</summary>
    public static JsonObject Encode(FieldSet set)
    {
        var result = new JsonObject();
        foreach (var entry in set.Entries)
        {
            result.Add(entry.Element.Encoded, Encode(entry));
        }

        return result;
    }

    /// <summary>Reads a set.</summary>
    /// <param name="fields">What the entry holds; nothing reads as the empty set.</param>
    /// <param name="set">The set.</param>
    /// <returns>False if some step is malformed.</returns>
    public static bool TryDecode(JsonObject? fields, out FieldSet set)
    {
        set = FieldSet.Empty;
        return fields is null || TryDecode(fields, out set, out _);
    }

    private static JsonObject Encode(FieldSetEntry entry)
    {
        if (entry.Children is not { IsEmpty: false } children)
        {
            return [];
        }

        if (!entry.IsMember)
        {
            return Encode(children);
        }

        var result = new JsonObject { { Self, new JsonObject() } };
        foreach (var child in children.Entries)
        {
            result.Add(child.Element.Encoded, Encode(child));
        }

        return result;
    }

    private static bool TryDecode(JsonObject fields, out FieldSet set, out bool isMember)
    {
        isMember = false;
        set = FieldSet.Empty;
        var entries = new List<FieldSetEntry>(fields.Count);
        foreach (var (key, value) in fields)
        {
            if (key == Self)
            {
                isMember = true;
                continue;
            }

            if (!PathElement.TryDecode(key, out var element))
            {
                return false;
            }

            // A later version may know steps that this one does not; they are dropped.
            if (element is null)
            {
                continue;
            }

            if (!TryDecode(value as JsonObject ?? [], out var children, out var childIsMember))
            {
                return false;
            }

            entries.Add(new(element, childIsMember, children.IsEmpty ? null : children));
        }

        set = FieldSet.Of(entries);
        isMember |= set.IsEmpty;
        return true;
    }
}
