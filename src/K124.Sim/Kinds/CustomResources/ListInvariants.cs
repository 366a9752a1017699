using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Checks that lists of type <c>set</c> and <c>map</c> hold no element twice, and that embedded objects name their kind.</summary>
internal static class ListInvariants
{
    /// <summary>Checks an object.</summary>
    public static void Validate(JsonObject tree, StructuralSchema schema, List<FieldError> errors) => Check(tree, schema, "", isRoot: true, errors);

    private static void Check(JsonNode? value, StructuralSchema? schema, string path, bool isRoot, List<FieldError> errors)
    {
        if (schema is null)
        {
            return;
        }

        switch (value)
        {
            case JsonObject map:
                if (schema.IsEmbedded && !isRoot)
                {
                    CheckEmbedded(map, path, errors);
                }

                foreach (var (key, member) in map)
                {
                    var inner = schema.Properties.GetValueOrDefault(key);
                    Check(member, inner ?? schema.Additional, inner is null ? $"{path}[{key}]" : path.Length == 0 ? key : $"{path}.{key}", isRoot: false, errors);
                }

                break;
            case JsonArray list:
                CheckList(list, schema, path, errors);
                for (var i = 0; i < list.Count; i++)
                {
                    Check(list[i], schema.Items, At(path, i), isRoot: false, errors);
                }

                break;
        }
    }

    private static void CheckEmbedded(JsonObject map, string path, List<FieldError> errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["apiVersion", "kind"])
        {
            if (map.Text(member).Length == 0)
            {
                errors.Add(new(FieldErrorType.Required, $"{path}.{member}", null, "must not be empty"));
            }
        }
    }

    private static void CheckList(JsonArray list, StructuralSchema schema, string path, List<FieldError> errors)
    {
        if (schema.ListType is not ("set" or "map"))
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var identity = schema.ListType == "map" ? Keys(list[i] as JsonObject, schema) : list[i];
            if (!seen.Add(GoJson.WriteSorted(identity)))
            {
                errors.Add(new(FieldErrorType.Duplicate, At(path, i), Print(identity), ""));
            }
        }
    }

    private static JsonObject Keys(JsonObject? element, StructuralSchema schema)
    {
        var keys = new JsonObject();
        foreach (var key in schema.ListMapKeys)
        {
            if (element is not null && element.TryGetPropertyValue(key, out var value))
            {
                keys[key] = value?.DeepClone();
            }
        }

        return keys;
    }

    private static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    // As Go's %#v prints decoded values.
    private static string Print(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                var text = new StringBuilder("map[string]interface {}{");
                text.AppendJoin(", ", map.OrderBy(static m => m.Key, StringComparer.Ordinal).Select(static m => $"{GoText.Quote(m.Key)}:{Print(m.Value)}"));
                return text.Append('}').ToString();
            case JsonArray list:
                return "[]interface {}{" + string.Join(", ", list.Select(Print)) + "}";
            default:
                return JsonTree.AsText(value) is { } plain ? GoText.Quote(plain) : GoJson.Write(value);
        }
    }
}
