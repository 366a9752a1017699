using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Patching;

/// <summary>One document under the operations of a JSON patch.</summary>
internal sealed class JsonPatchRun(JsonObject document)
{
    private readonly JsonObject _document = document;
    private readonly HashSet<JsonObject> _touched = new(ReferenceEqualityComparer.Instance) { document };
    private long _copiedBytes;

    /// <summary>Applies one operation.</summary>
    /// <returns>False if it cannot be applied, which fails the patch.</returns>
    public bool Apply(JsonObject operation) => Text(operation, "op") switch
    {
        "add" => Find(operation, "path") is { } place && Add(place, Value(operation)),
        "remove" => Find(operation, "path") is { } place && Remove(place),
        "replace" => Find(operation, "path") is { } place && Replace(place, Value(operation)),
        "move" => Move(operation),
        "test" => Find(operation, "path") is { } place && Test(place, operation["value"]),
        "copy" => Copy(operation),
        _ => false,
    };

    /// <summary>The document, with the keys of every object that was gone through in order.</summary>
    public JsonObject Finish()
    {
        foreach (var map in _touched)
        {
            KeyOrder.Sort(map);
        }

        return _document;
    }

    private static string? Text(JsonObject operation, string member) =>
        operation[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonNode? Value(JsonObject operation) => operation["value"]?.DeepClone();

    private Place? Find(JsonObject operation, string member)
    {
        var path = Text(operation, member);
        if (path is null)
        {
            return null;
        }

        var parts = path.Split('/');
        if (parts.Length < 2)
        {
            return null;
        }

        JsonNode container = _document;
        for (var i = 1; i < parts.Length - 1; i++)
        {
            if (!new Place(container, Unescape(parts[i])).TryGet(out var next) || next is not (JsonObject or JsonArray))
            {
                return null;
            }

            container = next;
            if (next is JsonObject map)
            {
                _touched.Add(map);
            }
        }

        return new(container, Unescape(parts[^1]));
    }

    private static string Unescape(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static bool Add(Place place, JsonNode? value)
    {
        if (place.Container is JsonObject map)
        {
            map[place.Key] = value;
            return true;
        }

        var list = (JsonArray)place.Container;
        if (place.Key == "-")
        {
            list.Add(value);
            return true;
        }

        if (!TryIndex(place.Key, list.Count + 1, out var index))
        {
            return false;
        }

        list.Insert(index, value);
        return true;
    }

    private static bool Remove(Place place)
    {
        if (place.Container is JsonObject map)
        {
            return map.Remove(place.Key);
        }

        var list = (JsonArray)place.Container;
        if (!TryIndex(place.Key, list.Count, out var index))
        {
            return false;
        }

        list.RemoveAt(index);
        return true;
    }

    private static bool Replace(Place place, JsonNode? value)
    {
        if (place.Container is JsonObject map)
        {
            if (!map.ContainsKey(place.Key))
            {
                return false;
            }

            map[place.Key] = value;
            return true;
        }

        var list = (JsonArray)place.Container;
        if (!TryIndex(place.Key, list.Count, out var index))
        {
            return false;
        }

        list[index] = value;
        return true;
    }

    private bool Move(JsonObject operation)
    {
        if (Find(operation, "from") is not { } from || !from.TryGet(out var value) || !Remove(from))
        {
            return false;
        }

        return Find(operation, "path") is { } to && Add(to, value);
    }

    private bool Copy(JsonObject operation)
    {
        if (Find(operation, "from") is not { } from || !from.TryGet(out var value) || Find(operation, "path") is not { } to)
        {
            return false;
        }

        _copiedBytes += Encoding.UTF8.GetByteCount(GoJson.Write(value));
        return _copiedBytes <= JsonPatch.MaxCopiedBytes && Add(to, value?.DeepClone());
    }

    private static bool Test(Place place, JsonNode? expected)
    {
        if (!place.TryGet(out var actual))
        {
            // A member that is not there equals null; an element that is not there is an error.
            return place.Container is JsonObject && expected is null;
        }

        return GoJson.AreEqual(actual, expected);
    }

    private static bool TryIndex(string key, int limit, out int index)
    {
        if (!int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index) || index >= limit || index < -limit)
        {
            return false;
        }

        if (index < 0)
        {
            index += limit;
        }

        return true;
    }

    /// <summary>A member or element of a container that exists.</summary>
    private readonly record struct Place(JsonNode Container, string Key)
    {
        public bool TryGet(out JsonNode? value)
        {
            if (Container is JsonObject map)
            {
                return map.TryGetPropertyValue(Key, out value);
            }

            var list = (JsonArray)Container;
            if (TryIndex(Key, list.Count, out var index))
            {
                value = list[index];
                return true;
            }

            value = null;
            return false;
        }
    }
}
