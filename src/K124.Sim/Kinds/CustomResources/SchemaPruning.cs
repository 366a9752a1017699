using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Takes out of an object what its schema does not know.</summary>
internal static class SchemaPruning
{
    /// <summary>Prunes an object in place; kind, version and metadata stay.</summary>
    public static void Prune(JsonObject tree, StructuralSchema schema) => Members(tree, schema, isRoot: true);

    private static void Prune(JsonNode? value, StructuralSchema? schema)
    {
        if (schema is null)
        {
            return;
        }

        switch (value)
        {
            case JsonObject map:
                Members(map, schema, isRoot: false);
                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    Prune(element, schema.Items);
                }

                break;
        }
    }

    private static void Members(JsonObject map, StructuralSchema schema, bool isRoot)
    {
        foreach (var (key, value) in map.ToArray())
        {
            if ((isRoot || schema.IsEmbedded) && key is "apiVersion" or "kind" or "metadata")
            {
                continue;
            }

            if (schema.Properties.TryGetValue(key, out var member))
            {
                Prune(value, member);
            }
            else if (schema.AllowsAdditional)
            {
                Prune(value, schema.Additional);
            }
            else if (!schema.PreservesUnknown)
            {
                map.Remove(key);
            }
        }
    }
}
