using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>Finds out by what step an element of a list is reached.</summary>
internal static class ListSteps
{
    /// <summary>The step to an element.</summary>
    /// <param name="form">Form of the list; not atomic.</param>
    /// <param name="element">The element.</param>
    /// <param name="error">Why it has none; null otherwise.</param>
    public static PathElement? StepTo(ListForm form, JsonNode? element, out string? error)
    {
        error = null;
        if (form.Relation == ListRelation.Map)
        {
            return KeyedStep(form, element, ref error);
        }

        error = element switch
        {
            null => "associative list without keys has an element that's an explicit null",
            JsonObject => "associative list without keys has an element that's a map type",
            JsonArray => "not supported: associative list with lists as elements",
            _ => null,
        };
        return error is null ? PathElement.Value(KeyValue.Of(element)) : null;
    }

    private static PathElement? KeyedStep(ListForm form, JsonNode? element, ref string? error)
    {
        if (element is not JsonObject map)
        {
            error = element is null
                ? "associative list with keys may not have a null element"
                : "associative list with keys may not have non-map elements";
            return null;
        }

        var members = new KeyValuePair<string, KeyValue>[form.Keys.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var name = form.Keys[i];
            if (!map.TryGetPropertyValue(name, out var value))
            {
                value = DefaultOf(form, name);
                if (value is null)
                {
                    error = $"associative list with keys has an element that omits key field \"{name}\" (and doesn't have default value)";
                    return null;
                }
            }

            members[i] = KeyValuePair.Create(name, KeyValue.Of(value));
        }

        return PathElement.Key(members);
    }

    private static JsonNode? DefaultOf(ListForm form, string name) =>
        form.Element.Map is { } map && map.TryGetMember(name, out var member) ? member.KeyDefault : null;
}
