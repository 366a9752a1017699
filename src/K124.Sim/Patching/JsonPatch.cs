using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.Patching;

/// <summary>JSON patch (RFC 6902) with the limits and habits of the 1.24 server: negative indices count from the end, the whole
/// document has no path, a missing value is null.</summary>
internal static class JsonPatch
{
    /// <summary>The most operations that one patch may hold.</summary>
    public const int MaxOperations = 10_000;

    /// <summary>Bytes that the <c>copy</c> operations of one patch may copy.</summary>
    public const long MaxCopiedBytes = 3 * 1024 * 1024;

    /// <summary>Applies a patch to a copy of an object.</summary>
    /// <param name="current">The object as the server writes it; left as it is.</param>
    /// <param name="body">The patch as it came.</param>
    /// <returns>The patched document.</returns>
    public static ApiResult<JsonNode> Apply(JsonObject current, ReadOnlySpan<byte> body)
    {
        if (GoJson.TryParse(body, out var patch) is { } error)
        {
            return ApiResult.Failure<JsonNode>(PatchStatus.BadRequest(error));
        }

        if (Unreadable(patch) is { } why)
        {
            return ApiResult.Failure<JsonNode>(PatchStatus.BadRequest(why));
        }

        var operations = patch as JsonArray ?? [];
        if (operations.Count > MaxOperations)
        {
            return ApiResult.Failure<JsonNode>(TooMany(operations.Count));
        }

        var run = new JsonPatchRun(current.DeepClone().AsObject());
        foreach (var operation in operations)
        {
            if (!run.Apply(operation as JsonObject ?? []))
            {
                return ApiResult.Failure<JsonNode>(PatchStatus.Rejected());
            }
        }

        return ApiResult.Success<JsonNode>(run.Finish());
    }

    private static string? Unreadable(JsonNode? patch)
    {
        if (patch is not (null or JsonArray))
        {
            return $"json: cannot unmarshal {GoJson.KindWord(patch)} into Go value of type jsonpatch.Patch";
        }

        var stranger = (patch as JsonArray)?.FirstOrDefault(static o => o is not (null or JsonObject));
        return stranger is null ? null : $"json: cannot unmarshal {GoJson.KindWord(stranger)} into Go value of type jsonpatch.Operation";
    }

    private static ApiStatus TooMany(int count) => new()
    {
        Code = 413,
        Reason = "RequestEntityTooLarge",
        Message = $"Request entity too large: The allowed maximum operations in a JSON patch is {MaxOperations}, got {count}",
    };
}
