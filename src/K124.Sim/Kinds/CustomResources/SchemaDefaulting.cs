using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Fills in what the schema has defaults for.</summary>
internal static class SchemaDefaulting
{
    /// <summary>Drops nulls where null is no value and nothing else stands for it, then fills in defaults, in place.</summary>
    public static void Default(JsonObject tree, StructuralSchema schema)
    {
        DropNulls(tree, schema);
        Fill(tree, schema);
    }

    private static void DropNulls(JsonNode? value, StructuralSchema? schema)
    {
        if (schema is null)
        {
            return;
        }

        switch (value)
        {
            case JsonObject map:
                foreach (var (key, member) in map.ToArray())
                {
                    var inner = schema.Properties.GetValueOrDefault(key) ?? schema.Additional;
                    if (member is null && inner is { IsNullable: false, Default: null })
                    {
                        map.Remove(key);
                    }
                    else
                    {
                        DropNulls(member, inner);
                    }
                }

                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    DropNulls(element, schema.Items);
                }

                break;
        }
    }

    private static void Fill(JsonNode? value, StructuralSchema? schema)
    {
        if (schema is null)
        {
            return;
        }

        switch (value)
        {
            case JsonObject map:
                FillMembers(map, schema);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is null && schema.Items is { IsNullable: false, Default: { } standIn })
                    {
                        list[i] = standIn.DeepClone();
                    }

                    Fill(list[i], schema.Items);
                }

                break;
        }
    }

    private static void FillMembers(JsonObject map, StructuralSchema schema)
    {
        foreach (var (key, member) in schema.Properties)
        {
            if (member.Default is not null && (!map.TryGetPropertyValue(key, out var there) || (there is null && !member.IsNullable)))
            {
                map[key] = member.Default.DeepClone();
            }
        }

        foreach (var (key, value) in map.ToArray())
        {
            if (schema.Properties.TryGetValue(key, out var member))
            {
                Fill(value, member);
                continue;
            }

            if (value is null && schema.Additional is { IsNullable: false, Default: { } standIn })
            {
                map[key] = standIn.DeepClone();
            }

            Fill(map[key], schema.Additional);
        }
    }
}
