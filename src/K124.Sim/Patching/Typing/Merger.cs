using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>Lays an applied tree over an object: what it names wins, lists merge as their type says.</summary>
internal static class Merger
{
    /// <summary>Merges two objects of one type into a new one.</summary>
    /// <param name="live">What is there.</param>
    /// <param name="applied">What is applied.</param>
    /// <param name="type">Their type.</param>
    public static JsonObject Merge(JsonObject live, JsonObject applied, TypeShape type) => Members(live, applied, type.Map!);

    private static JsonNode? Merge(JsonNode? live, JsonNode? applied, TypeShape type)
    {
        switch (ShapeOf.Choose(type, applied))
        {
            case Form.Map when !type.Map!.IsAtomic && (live is JsonObject { Count: > 0 } || applied is JsonObject { Count: > 0 }):
                return applied is null or JsonObject ? Members(live as JsonObject, applied as JsonObject, type.Map) : applied.DeepClone();
            case Form.List when type.List!.Relation != ListRelation.Atomic && (live is JsonArray { Count: > 0 } || applied is JsonArray { Count: > 0 }):
                return applied is null or JsonArray ? Elements(live as JsonArray, applied as JsonArray, type.List) : applied.DeepClone();
            default:
                return applied?.DeepClone();
        }
    }

    private static JsonObject Members(JsonObject? live, JsonObject? applied, MapForm form)
    {
        var result = new JsonObject();
        if (live is not null)
        {
            foreach (var (key, value) in live)
            {
                result.Add(key, applied is not null && applied.TryGetPropertyValue(key, out var other) && form.TypeOf(key) is { } type
                    ? Merge(value, other, type)
                    : value?.DeepClone());
            }
        }

        if (applied is null)
        {
            return result;
        }

        foreach (var (key, value) in applied)
        {
            if (live is null || !live.ContainsKey(key))
            {
                result.Add(key, value?.DeepClone());
            }
        }

        return result;
    }

    // Elements keep the order of both lists as far as they agree; where they do not, the applied order wins.
    private static JsonArray Elements(JsonArray? live, JsonArray? applied, ListForm form)
    {
        var left = Steps(live, form);
        var right = Steps(applied, form);
        var shared = new Queue<PathElement>(right.Where(r => left.ContainsKey(r.Key)).Select(static r => r.Key));
        var (leftOrder, rightOrder) = (left.Keys.ToList(), right.Keys.ToList());
        var result = new JsonArray();
        var (i, j) = (0, 0);
        while (i < leftOrder.Count || j < rightOrder.Count)
        {
            if (i < leftOrder.Count && j < rightOrder.Count)
            {
                var step = leftOrder[i];
                if (step.Equals(rightOrder[j]))
                {
                    result.Add(Merge(left[step], right[step], form.Element));
                    shared.TryDequeue(out _);
                    i++;
                    j++;
                    continue;
                }

                if (right.ContainsKey(step) && shared.TryPeek(out var next) && !next.Equals(step))
                {
                    i++;
                    continue;
                }
            }

            if (i < leftOrder.Count && !right.ContainsKey(leftOrder[i]))
            {
                result.Add(left[leftOrder[i++]]?.DeepClone());
                continue;
            }

            if (j >= rightOrder.Count)
            {
                i++;
                continue;
            }

            var taken = rightOrder[j++];
            result.Add(left.TryGetValue(taken, out var there) ? Merge(there, right[taken], form.Element) : right[taken]?.DeepClone());
            if (shared.TryPeek(out var head) && head.Equals(taken))
            {
                shared.Dequeue();
            }
        }

        return result;
    }

    private static OrderedSteps Steps(JsonArray? list, ListForm form)
    {
        var result = new OrderedSteps();
        foreach (var element in list ?? [])
        {
            if (ListSteps.StepTo(form, element, out _) is { } step)
            {
                result.TryAdd(step, element);
            }
        }

        return result;
    }

    /// <summary>Elements by step, in the order of their list.</summary>
    private sealed class OrderedSteps : IEnumerable<KeyValuePair<PathElement, JsonNode?>>
    {
        private readonly List<PathElement> _order = [];
        private readonly Dictionary<PathElement, JsonNode?> _elements = [];

        public IReadOnlyList<PathElement> Keys => _order;

        public JsonNode? this[PathElement step] => _elements[step];

        public void TryAdd(PathElement step, JsonNode? element)
        {
            if (_elements.TryAdd(step, element))
            {
                _order.Add(step);
            }
        }

        public bool ContainsKey(PathElement step) => _elements.ContainsKey(step);

        public bool TryGetValue(PathElement step, out JsonNode? element) => _elements.TryGetValue(step, out element);

        public IEnumerator<KeyValuePair<PathElement, JsonNode?>> GetEnumerator() =>
            _order.Select(s => KeyValuePair.Create(s, _elements[s])).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
