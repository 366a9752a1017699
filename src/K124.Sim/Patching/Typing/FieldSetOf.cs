using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>The fields that an applied tree names.</summary>
internal static class FieldSetOf
{
    /// <summary>The set of a tree; its own path is not in it.</summary>
    public static FieldSet Tree(JsonObject tree, TypeShape type) => Below(tree, type, out _);

    // Whether the value itself is a member is left to the caller, who knows the path to it.
    private static FieldSet Below(JsonNode? value, TypeShape type, out bool isMember)
    {
        isMember = false;
        switch (ShapeOf.Choose(type, value))
        {
            case Form.Map when type.Map!.IsAtomic:
            case Form.List when type.List!.Relation == ListRelation.Atomic:
            case Form.Scalar:
                isMember = true;
                return FieldSet.Empty;
            case Form.Map when value is JsonObject map:
                return Members(map, type.Map!);
            case Form.List when value is JsonArray list:
                return Elements(list, type.List!);
            default:
                return FieldSet.Empty;
        }
    }

    private static FieldSet Members(JsonObject map, MapForm form)
    {
        var entries = new List<FieldSetEntry>(map.Count);
        foreach (var (key, value) in map)
        {
            if (form.TypeOf(key) is not { } type)
            {
                continue;
            }

            var below = Below(value, type, out var isMember);
            isMember |= value is null or JsonObject { Count: 0 } || !form.TryGetMember(key, out _);
            entries.Add(new(form.StepTo(key), isMember, below.IsEmpty ? null : below));
        }

        return FieldSet.Of(entries);
    }

    private static FieldSet Elements(JsonArray list, ListForm form)
    {
        var entries = new List<FieldSetEntry>(list.Count);
        foreach (var element in list)
        {
            if (ListSteps.StepTo(form, element, out _) is { } step)
            {
                var below = Below(element, form.Element, out _);
                entries.Add(new(step, true, below.IsEmpty ? null : below));
            }
        }

        return FieldSet.Of(entries);
    }
}
