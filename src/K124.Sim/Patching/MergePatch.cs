using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.Patching;

/// <summary>JSON merge patch (RFC 7386) as the 1.24 server applies it.</summary>
internal static class MergePatch
{
    /// <summary>Applies a patch to a copy of an object.</summary>
    /// <param name="current">The object as the server writes it; left as it is.</param>
    /// <param name="body">The patch as it came.</param>
    /// <returns>The patched document, which need not be an object: what it means is for the decoder of the kind to tell.</returns>
    public static ApiResult<JsonNode> Apply(JsonObject current, ReadOnlySpan<byte> body)
    {
        if (GoJson.TryParse(body, out var patch) is not null)
        {
            return Refused();
        }

        switch (patch)
        {
            case JsonObject members:
                var result = current.DeepClone().AsObject();
                MergeInto(result, members);
                return ApiResult.Success<JsonNode>(result);
            case JsonArray:
                RemoveNulls(patch);
                return ApiResult.Success(patch);
            default:
                return Refused();
        }
    }

    private static ApiResult<JsonNode> Refused() => ApiResult.Failure<JsonNode>(PatchStatus.BadRequest("Invalid JSON Patch"));

    private static void MergeInto(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch.ToArray())
        {
            if (value is null)
            {
                target.Remove(key);
                continue;
            }

            patch.Remove(key);
            if (target[key] is JsonObject inner && value is JsonObject members)
            {
                MergeInto(inner, members);
                continue;
            }

            RemoveNulls(value);
            target[key] = value;
        }

        KeyOrder.Sort(target);
    }

    // Nulls of lists stay: only a member can be told to go away.
    private static void RemoveNulls(JsonNode node)
    {
        if (node is JsonArray list)
        {
            foreach (var element in list)
            {
                if (element is not null)
                {
                    RemoveNulls(element);
                }
            }

            return;
        }

        if (node is not JsonObject map)
        {
            return;
        }

        foreach (var (key, value) in map.ToArray())
        {
            if (value is null)
            {
                map.Remove(key);
            }
            else
            {
                RemoveNulls(value);
            }
        }

        KeyOrder.Sort(map);
    }
}
