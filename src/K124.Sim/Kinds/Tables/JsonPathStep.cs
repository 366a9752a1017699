using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>One step of a <see cref="JsonPath"/>.</summary>
internal abstract record JsonPathStep
{
    /// <summary>The nodes that the step leads to from one node.</summary>
    public abstract IEnumerable<JsonNode?> From(JsonNode? node);

    private static IEnumerable<JsonNode?> Children(JsonNode? node) => node switch
    {
        JsonArray array => array,
        JsonObject map => map.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => member.Value),
        _ => [],
    };

    /// <summary>A member by its name.</summary>
    internal sealed record Member(string Name) : JsonPathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode? node) =>
            node is JsonObject map && map.TryGetPropertyValue(Name, out var value) ? [value] : [];
    }

    /// <summary>All members or elements.</summary>
    internal sealed record Wildcard : JsonPathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode? node) => Children(node);
    }

    /// <summary>The node and everything below it.</summary>
    internal sealed record Descent : JsonPathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode? node) => Children(node).SelectMany(From).Prepend(node);
    }

    /// <summary>Elements from a first to before an end, by steps; negative bounds count from the end.</summary>
    internal sealed record Slice(int? First, int? End, int By) : JsonPathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode? node)
        {
            if (node is not JsonArray array)
            {
                yield break;
            }

            var end = Math.Min(Bound(End ?? array.Count, array.Count), array.Count);
            for (var i = Math.Max(Bound(First ?? 0, array.Count), 0); i < end; i += By)
            {
                yield return array[i];
            }
        }

        private static int Bound(int bound, int count) => bound < 0 ? bound + count : bound;
    }

    /// <summary>One element; a negative index counts from the end.</summary>
    internal sealed record Element(int Index) : JsonPathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode? node) =>
            node is JsonArray array && (Index < 0 ? Index + array.Count : Index) is var i && i >= 0 && i < array.Count ? [array[i]] : [];
    }

    /// <summary>What several steps lead to, one after the other.</summary>
    internal sealed record Union(ImmutableArray<JsonPathStep> Steps) : JsonPathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode? node) => Steps.SelectMany(step => step.From(node));
    }

    /// <summary>The elements for which a comparison holds.</summary>
    /// <param name="Left">Path from the element.</param>
    /// <param name="Operator">Comparison; null asks only whether the path leads anywhere.</param>
    /// <param name="Right">What to compare with.</param>
    internal sealed record Filter(JsonPath Left, string? Operator, JsonNode? Right) : JsonPathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode? node) => node is JsonArray array ? array.Where(Holds) : [];

        private bool Holds(JsonNode? element)
        {
            var found = Left.Find(element).Take(1).ToArray();
            return found.Length > 0 && (Operator is null || Compare(found[0], Right) is { } order && Matches(order));
        }

        private bool Matches(int order) => Operator switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };

        private static int? Compare(JsonNode? left, JsonNode? right) => (left, right) switch
        {
            (JsonValue a, JsonValue b) when a.TryGetValue<string>(out var x) && b.TryGetValue<string>(out var y) => string.CompareOrdinal(x, y),
            (JsonValue a, JsonValue b) when Number(a) is { } x && Number(b) is { } y => x.CompareTo(y),
            (JsonValue a, JsonValue b) when a.TryGetValue<bool>(out var x) && b.TryGetValue<bool>(out var y) => x.CompareTo(y),
            _ => null,
        };

        private static double? Number(JsonValue value) => value.TryGetValue<double>(out var number) ? number
            : value.TryGetValue<long>(out var whole) ? Convert.ToDouble(whole, CultureInfo.InvariantCulture)
            : null;
    }
}
