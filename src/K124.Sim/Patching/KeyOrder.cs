using System.Text.Json.Nodes;

namespace K124.Sim.Patching;

/// <summary>The order of keys that a patch leaves behind.</summary>
internal static class KeyOrder
{
    /// <summary>Sorts the keys of one object. The server writes each object that a patch went through with sorted keys and
    /// leaves the others as they were; error texts show that.</summary>
    public static void Sort(JsonObject map)
    {
        if (IsSorted(map))
        {
            return;
        }

        var members = map.ToArray();
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        map.Clear();
        foreach (var (key, value) in members)
        {
            map.Add(key, value);
        }
    }

    private static bool IsSorted(JsonObject map)
    {
        string? previous = null;
        foreach (var (key, _) in map)
        {
            if (previous is not null && string.CompareOrdinal(previous, key) > 0)
            {
                return false;
            }

            previous = key;
        }

        return true;
    }
}
