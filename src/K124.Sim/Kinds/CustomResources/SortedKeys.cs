using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>The order in which custom resources are written: every object by key.</summary>
internal static class SortedKeys
{
    /// <summary>Sorts the keys of an object and of all objects in it, in place.</summary>
    public static JsonObject Sort(JsonObject tree)
    {
        foreach (var (_, value) in tree)
        {
            SortBelow(value);
        }

        var members = tree.ToArray();
        for (var i = 1; i < members.Length; i++)
        {
            if (string.CompareOrdinal(members[i - 1].Key, members[i].Key) > 0)
            {
                Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
                tree.Clear();
                foreach (var (key, value) in members)
                {
                    tree.Add(key, value);
                }

                break;
            }
        }

        return tree;
    }

    private static void SortBelow(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                Sort(map);
                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    SortBelow(element);
                }

                break;
        }
    }
}
