using System.Text.Json.Nodes;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>Applies the patches that controllers send.</summary>
internal static class TreePatch
{
    private const string Directive = "$patch";

    /// <summary>Lays a strategic patch over an object.</summary>
    public static void Strategic(JsonObject target, JsonObject patch) => Lay(target, patch, isStrategic: true);

    /// <summary>Lays a merge patch over an object.</summary>
    public static void Merge(JsonObject target, JsonObject patch) => Lay(target, patch, isStrategic: false);

    private static void Lay(JsonObject target, JsonObject patch, bool isStrategic)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject own)
                {
                    own = [];
                    target[name] = own;
                }

                Lay(own, inner, isStrategic);
            }
            else if (isStrategic && value is JsonArray list && MergeKey(name) is { } key)
            {
                target[name] = Merged(target[name] as JsonArray ?? [], list, key);
            }
            else if (!name.StartsWith('$'))
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static string? MergeKey(string name) => name switch
    {
        "ownerReferences" => "uid",
        "conditions" => "type",
        _ => null,
    };

    private static JsonArray Merged(JsonArray own, JsonArray patch, string key)
    {
        var result = new List<JsonObject>(own.Select(static item => item!.DeepClone().AsObject()));
        foreach (var item in patch.Select(static item => item!.AsObject()))
        {
            var index = result.FindIndex(other => other[key]?.GetValue<string>() == item[key]?.GetValue<string>());
            if (item[Directive]?.GetValue<string>() == "delete")
            {
                if (index >= 0)
                {
                    result.RemoveAt(index);
                }
            }
            else if (index >= 0)
            {
                Lay(result[index], item, isStrategic: true);
            }
            else
            {
                result.Add(item.DeepClone().AsObject());
            }
        }

        return new([.. result]);
    }
}
