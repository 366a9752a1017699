using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.Patching.Strategic;

/// <summary>Lists whose elements are told apart by a member, or by their value where there is no such member.</summary>
/// <param name="mergeKey">The member; or empty.</param>
internal sealed class StrategicList(string mergeKey)
{
    /// <summary>The member that tells elements apart; or empty.</summary>
    public string MergeKey { get; } = mergeKey;

    /// <summary>What was wrong with an element; null if nothing was.</summary>
    public ApiStatus? Error { get; private set; }

    /// <summary>The elements of a list.</summary>
    public static List<JsonNode?> Elements(JsonArray? list) => list is null ? [] : [.. list];

    /// <summary>A list of elements, copied where they stand in another list.</summary>
    public static JsonArray ToArray(List<JsonNode?> elements)
    {
        var result = new JsonArray();
        foreach (var element in elements)
        {
            result.Add(element?.Parent is null ? element : element.DeepClone());
        }

        return result;
    }

    /// <summary>What is wrong with the forms of the elements; null if all have one form that can be merged.</summary>
    public static ApiStatus? ElementsError(List<JsonNode?> elements)
    {
        if (elements.Count == 0)
        {
            return StrategicErrors.NoElements();
        }

        if (elements[0] is JsonArray)
        {
            return StrategicErrors.ListOfLists();
        }

        var form = StrategicErrors.GoType(elements[0]);
        var other = elements.Find(e => StrategicErrors.GoType(e) != form);
        return other is null ? null : StrategicErrors.MixedElements(elements[0], other);
    }

    public static List<JsonNode?> Distinct(List<JsonNode?> elements)
    {
        var result = new List<JsonNode?>(elements.Count);
        foreach (var element in elements)
        {
            if (!result.Exists(r => GoJson.AreEqual(r, element)))
            {
                result.Add(element);
            }
        }

        return result;
    }

    public static List<JsonNode?> Without(List<JsonNode?> elements, List<JsonNode?> gone) =>
        elements.FindAll(e => !gone.Exists(g => GoJson.AreEqual(g, e)));

    /// <summary>Puts elements into order: those that the patch names in the patch's order, the others in the server's, and the
    /// others as early as the server's order lets them.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="patchOrder">The patch's order.</param>
    /// <param name="serverOrder">The server's order.</param>
    public List<JsonNode?> Order(List<JsonNode?> elements, List<JsonNode?> patchOrder, List<JsonNode?> serverOrder)
    {
        var named = new List<JsonNode?>();
        var others = new List<JsonNode?>();
        foreach (var element in elements)
        {
            if (!TryIdentify(element, out var identity))
            {
                return elements;
            }

            (Find(patchOrder, identity) >= 0 ? named : others).Add(element);
        }

        if (MergeKey.Length > 0 && patchOrder.Find(p => !TryIdentify(p, out _)) is not null)
        {
            return elements;
        }

        return Interleave(Sort(others, serverOrder), Sort(named, patchOrder), serverOrder);
    }

    /// <summary>Where the element of an identity stands; -1 if there is none.</summary>
    public int Find(List<JsonNode?> elements, JsonNode? identity) => elements.FindIndex(e => Has(e, identity));

    /// <summary>Whether an element has an identity.</summary>
    public bool Has(JsonNode? element, JsonNode? identity) => MergeKey.Length == 0
        ? GoJson.AreEqual(element, identity)
        : element is JsonObject map && map.TryGetPropertyValue(MergeKey, out var key) && GoJson.AreEqual(key, identity);

    private List<JsonNode?> Sort(List<JsonNode?> elements, List<JsonNode?> order) =>
        [.. elements.OrderBy(e => Place(order, e))];

    private List<JsonNode?> Interleave(List<JsonNode?> others, List<JsonNode?> named, List<JsonNode?> serverOrder)
    {
        var result = new List<JsonNode?>(others.Count + named.Count);
        var i = 0;
        var j = 0;
        while (i < others.Count || j < named.Count)
        {
            if (j >= named.Count || (i < others.Count && StandsBefore(others[i], named[j], serverOrder)))
            {
                result.Add(others[i++]);
            }
            else
            {
                result.Add(named[j++]);
            }
        }

        return result;
    }

    private bool StandsBefore(JsonNode? left, JsonNode? right, List<JsonNode?> order)
    {
        var l = Place(order, left);
        var r = Place(order, right);
        return l >= 0 && r >= 0 && l < r;
    }

    private int Place(List<JsonNode?> order, JsonNode? element) => TryIdentify(element, out var identity) ? Find(order, identity) : -1;

    private bool TryIdentify(JsonNode? element, out JsonNode? identity)
    {
        identity = element;
        if (MergeKey.Length == 0)
        {
            return true;
        }

        if (element is not JsonObject map)
        {
            Error ??= StrategicErrors.WrongArgument("map[string]interface {}", element);
            return false;
        }

        if (map.TryGetPropertyValue(MergeKey, out identity))
        {
            return true;
        }

        Error ??= StrategicErrors.NoMergeKey(map, MergeKey);
        return false;
    }
}
