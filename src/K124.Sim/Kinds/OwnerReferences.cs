using System.Text.Json.Nodes;

namespace K124.Sim.Kinds;

/// <summary>Owner references that are listed twice are dropped, with a warning.</summary>
internal static class OwnerReferences
{
    /// <summary>Keeps the first of equal references.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="context">Where the warning goes.</param>
    public static void RemoveDuplicates(JsonObject tree, KindContext context)
    {
        var list = tree.Object("metadata").List("ownerReferences");
        if (list is null || list.Count < 2)
        {
            return;
        }

        var uids = new List<string>();
        for (var i = 1; i < list.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!JsonNode.DeepEquals(list[i], list[j]))
                {
                    continue;
                }

                var uid = (list[i] as JsonObject).Text("uid");
                if (!uids.Contains(uid))
                {
                    uids.Add(uid);
                }

                list.RemoveAt(i--);
                break;
            }
        }

        if (uids.Count > 0)
        {
            context.Warn(
                ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as "
                + $"early as 1.24; please fix your requests; duplicate UID(s) observed: {string.Join(", ", uids)}");
        }
    }
}
