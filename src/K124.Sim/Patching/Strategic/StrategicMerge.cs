using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Patching.Strategic;

/// <summary>One merge of a patch into an object. Both trees are used up.</summary>
internal sealed class StrategicMerge
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList";
    private const string SetElementOrder = "$setElementOrder";

    /// <summary>Why the merge failed; null while it has not.</summary>
    public ApiStatus? Error { get; private set; }

    /// <summary>Merges a map.</summary>
    /// <param name="target">What is there.</param>
    /// <param name="patch">What to change.</param>
    /// <param name="shape">Form of the map; null where nothing is known.</param>
    /// <returns>The result; null after an error.</returns>
    public JsonObject? Map(JsonObject target, JsonObject patch, SchemaShape? shape)
    {
        if (patch.TryGetPropertyValue(Directive, out var directive))
        {
            return ByDirective(directive, patch);
        }

        if (!KeepOnlyRetained(target, patch) || !MergeOrderedLists(target, patch, shape))
        {
            return null;
        }

        foreach (var (key, value) in patch.ToArray())
        {
            patch.Remove(key);
            if (!MergeMember(target, key, value, shape))
            {
                return null;
            }
        }

        return target;
    }

    /// <summary>The patch as it stands once its directives have been worked through.</summary>
    public static JsonObject Remains(JsonObject patch)
    {
        foreach (var (key, value) in patch.ToArray())
        {
            if (key == RetainKeys || key.StartsWith(SetElementOrder, StringComparison.Ordinal))
            {
                patch.Remove(key);
            }
            else if (value is JsonObject inner)
            {
                Remains(inner);
            }
        }

        return patch;
    }

    private JsonObject? ByDirective(JsonNode? directive, JsonObject patch)
    {
        switch (Text(directive))
        {
            case "replace":
                patch.Remove(Directive);
                return patch;
            case "delete":
                return [];
            default:
                return Fail<JsonObject>(StrategicErrors.UnknownDirective(directive, patch));
        }
    }

    private bool KeepOnlyRetained(JsonObject target, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var keys))
        {
            return true;
        }

        patch.Remove(RetainKeys);
        if (keys is not JsonArray list)
        {
            return Refuse(StrategicErrors.BadRetainKeys());
        }

        var retained = list.Select(Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, value) in patch)
        {
            if (value is not null && !IsListDirective(key) && !retained.Contains(key))
            {
                return Refuse(StrategicErrors.BadRetainKeys());
            }
        }

        foreach (var (key, _) in target.ToArray())
        {
            if (!retained.Contains(key))
            {
                target.Remove(key);
            }
        }

        return true;
    }

    private static bool IsListDirective(string key) =>
        key.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal) || key.StartsWith(SetElementOrder, StringComparison.Ordinal);

    private bool MergeOrderedLists(JsonObject target, JsonObject patch, SchemaShape? shape)
    {
        foreach (var (key, order) in patch.ToArray())
        {
            if (!key.StartsWith(SetElementOrder, StringComparison.Ordinal))
            {
                continue;
            }

            patch.Remove(key);
            if (!MergeOrderedList(target, patch, key, order, shape))
            {
                return false;
            }
        }

        return true;
    }

    private bool MergeOrderedList(JsonObject target, JsonObject patch, string directive, JsonNode? order, SchemaShape? shape)
    {
        if (order is not JsonArray wanted)
        {
            return Refuse(StrategicErrors.WrongArgument("[]interface {}", order));
        }

        if (!directive.StartsWith(SetElementOrder + "/", StringComparison.Ordinal))
        {
            return Refuse(StrategicErrors.BadElementOrder());
        }

        var key = directive[(SetElementOrder.Length + 1)..];
        target.TryGetPropertyValue(key, out var there);
        patch.TryGetPropertyValue(key, out var change);
        if (there is null && change is null)
        {
            return true;
        }

        if (there is not (null or JsonArray) || change is not (null or JsonArray))
        {
            return Refuse(StrategicErrors.WrongArgument("[]interface {}", there is JsonArray ? change : there));
        }

        var meta = PatchMeta.Of(shape, key, out var error);
        if (error is not null)
        {
            return Refuse(error);
        }

        var original = there as JsonArray;
        var before = Elements(original);
        patch.Remove(key);
        var merged = (original, change as JsonArray) switch
        {
            ({ } list, { } changes) => List(list, changes, meta, deleting: false),
            ({ } list, null) => list,
            (_, var changes) => changes,
        };
        if (merged is null)
        {
            return false;
        }

        var lists = new StrategicList(meta.MergeKey);
        var elements = Elements(merged);
        var sorted = elements.Count == 0 ? elements : lists.Order(elements, Elements(wanted), before);
        if (lists.Error is not null)
        {
            return Refuse(lists.Error);
        }

        target[key] = StrategicList.ToArray(sorted);
        return true;
    }

    private bool MergeMember(JsonObject target, string key, JsonNode? value, SchemaShape? shape)
    {
        var deleting = key.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal);
        if (deleting)
        {
            if (!key.StartsWith(DeleteFromPrimitiveList + "/", StringComparison.Ordinal))
            {
                return Refuse(StrategicErrors.BadPrimitiveList());
            }

            key = key[(DeleteFromPrimitiveList.Length + 1)..];
        }

        if (value is null)
        {
            target.Remove(key);
            return true;
        }

        if (!target.TryGetPropertyValue(key, out var there) || !IsSameForm(there, value))
        {
            if (!deleting)
            {
                DropNulls(value);
                target[key] = value;
            }

            return true;
        }

        return (there, value) switch
        {
            (JsonObject map, JsonObject change) => MergeMap(target, key, map, change, shape),
            (JsonArray list, JsonArray change) => MergeList(target, key, list, change, shape, deleting),
            _ => Set(target, key, value),
        };
    }

    private static bool IsSameForm(JsonNode? there, JsonNode value) => StrategicErrors.GoType(there) == StrategicErrors.GoType(value);

    private bool MergeMap(JsonObject target, string key, JsonObject map, JsonObject change, SchemaShape? shape)
    {
        var meta = PatchMeta.Of(shape, key, out var error);
        if (error is not null)
        {
            return Refuse(error);
        }

        if (meta.Strategy == "replace")
        {
            return Set(target, key, change);
        }

        var merged = Map(map, change, meta.Shape);
        return merged is not null && (ReferenceEquals(merged, map) || Set(target, key, merged));
    }

    private bool MergeList(JsonObject target, string key, JsonArray list, JsonArray change, SchemaShape? shape, bool deleting)
    {
        var meta = PatchMeta.Of(shape, key, out var error);
        if (error is not null)
        {
            return Refuse(error);
        }

        return List(list, change, meta, deleting) is { } merged && Set(target, key, merged);
    }

    private JsonArray? List(JsonArray list, JsonArray change, PatchMeta meta, bool deleting)
    {
        if (meta.Strategy != "merge" && !deleting)
        {
            return change;
        }

        var original = Elements(list);
        var patch = Elements(change);
        if (original.Count == 0 && patch.Count == 0)
        {
            return list;
        }

        if (StrategicList.ElementsError([.. original, .. patch]) is { } mixed)
        {
            return Fail<JsonArray>(mixed);
        }

        var lists = new StrategicList(meta.MergeKey);
        if ((original.FirstOrDefault() ?? patch.FirstOrDefault()) is not JsonObject)
        {
            return StrategicList.ToArray(deleting ? StrategicList.Without(original, patch) : lists.Order(StrategicList.Distinct([.. original, .. patch]), patch, original));
        }

        if (meta.MergeKey.Length == 0)
        {
            return Fail<JsonArray>(StrategicErrors.NoDeclaredMergeKey(meta.Shape?.Type?.ShortName ?? ""));
        }

        return Maps(original, patch, meta, lists);
    }

    private JsonArray? Maps(List<JsonNode?> original, List<JsonNode?> patch, PatchMeta meta, StrategicList lists)
    {
        if (!TakeDirectives(ref original, ref patch, lists))
        {
            return null;
        }

        var order = new List<JsonNode?>(original);
        var merged = new List<JsonNode?>(original);
        foreach (var element in patch)
        {
            var change = (JsonObject)element!;
            if (!change.TryGetPropertyValue(meta.MergeKey, out var identity))
            {
                return Fail<JsonArray>(StrategicErrors.NoMergeKey(change, meta.MergeKey));
            }

            var at = lists.Find(merged, identity);
            if (at < 0)
            {
                DropNulls(change);
                merged.Add(change);
                continue;
            }

            var copy = change.DeepClone().AsObject();
            if (Map((JsonObject)merged[at]!, copy, meta.Shape) is not { } result)
            {
                return null;
            }

            merged[at] = result;
            if (at < order.Count)
            {
                order[at] = result;
            }
        }

        var sorted = lists.Order(merged, patch, order);
        return lists.Error is null ? StrategicList.ToArray(sorted) : Fail<JsonArray>(lists.Error);
    }

    private bool TakeDirectives(ref List<JsonNode?> original, ref List<JsonNode?> patch, StrategicList lists)
    {
        var plain = new List<JsonNode?>();
        var replacing = false;
        foreach (var element in patch)
        {
            var change = (JsonObject)element!;
            if (!change.TryGetPropertyValue(Directive, out var directive))
            {
                plain.Add(change);
                continue;
            }

            switch (Text(directive))
            {
                case "delete":
                    if (!change.TryGetPropertyValue(lists.MergeKey, out var identity))
                    {
                        return Refuse(StrategicErrors.NoMergeKey(change, lists.MergeKey));
                    }

                    original.RemoveAll(o => lists.Has(o, identity));
                    break;
                case "replace":
                    replacing = true;
                    break;
                case "merge":
                    return Refuse(StrategicErrors.MergeOfLists());
                default:
                    return Refuse(StrategicErrors.UnknownDirective(directive, change));
            }
        }

        (original, patch) = replacing ? (plain, []) : (original, plain);
        return true;
    }

    // A null tells that something is to go; where nothing is, it means nothing.
    private static void DropNulls(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map.ToArray())
                {
                    if (value is null)
                    {
                        map.Remove(key);
                    }
                    else
                    {
                        DropNulls(value);
                    }
                }

                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    DropNulls(element);
                }

                break;
        }
    }

    // Elements are taken out of their list, so that they can be put into another.
    private static List<JsonNode?> Elements(JsonArray? list) => StrategicList.Elements(list);

    private static bool Set(JsonObject target, string key, JsonNode value)
    {
        if (value.Parent is not null)
        {
            value = value.DeepClone();
        }

        target[key] = value;
        return true;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private bool Refuse(ApiStatus error)
    {
        Error ??= error;
        return false;
    }

    private T? Fail<T>(ApiStatus error)
        where T : class
    {
        Error ??= error;
        return null;
    }
}
