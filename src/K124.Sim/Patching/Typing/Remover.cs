using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>Takes fields out of an object.</summary>
internal static class Remover
{
    /// <summary>A copy of an object without some fields. A container that loses all of its content becomes null.</summary>
    public static JsonObject Without(JsonObject tree, FieldSet fields, TypeShape type) =>
        fields.IsEmpty ? tree : Members(tree, fields, type.Map!) ?? [];

    private static JsonNode? Without(JsonNode? value, FieldSet fields, TypeShape type) => ShapeOf.Choose(type, value) switch
    {
        Form.Map => value is JsonObject map && !type.Map!.IsAtomic ? Members(map, fields, type.Map) : null,
        Form.List => value is JsonArray list && type.List!.Relation != ListRelation.Atomic ? Elements(list, fields, type.List) : null,
        _ => value?.DeepClone(),
    };

    private static JsonObject? Members(JsonObject map, FieldSet fields, MapForm form)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map)
        {
            var step = form.StepTo(key);
            if (fields.Contains(step))
            {
                continue;
            }

            var below = fields.Under(step);
            result.Add(key, below.IsEmpty || form.TypeOf(key) is not { } type ? value?.DeepClone() : Without(value, below, type));
        }

        return result.Count == 0 ? null : result;
    }

    private static JsonArray? Elements(JsonArray list, FieldSet fields, ListForm form)
    {
        var result = new JsonArray();
        foreach (var element in list)
        {
            if (ListSteps.StepTo(form, element, out _) is not { } step || fields.Contains(step))
            {
                continue;
            }

            var below = fields.Under(step);
            result.Add(below.IsEmpty ? element?.DeepClone() : Without(element, below, form.Element));
        }

        return result.Count == 0 ? null : result;
    }
}
