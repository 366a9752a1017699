using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Patching.Strategic;

/// <summary>Strategic merge patch as the 1.24 server applies it: lists merge by the keys that the schema names.</summary>
internal static class StrategicMergePatch
{
    /// <summary>Applies a patch to a copy of an object.</summary>
    /// <param name="current">The object as the server writes it; left as it is.</param>
    /// <param name="body">The patch as it came; JSON only.</param>
    /// <param name="type">Type of the object.</param>
    /// <returns>The patched object, not yet read as its kind; its values fit the types of the kind.</returns>
    public static ApiResult<JsonObject> Apply(JsonObject current, ReadOnlySpan<byte> body, SchemaType type)
    {
        if (GoJson.TryParse(body, out var patch) is { } error)
        {
            return Refused(PatchStatus.BadRequest(error));
        }

        if (patch is not (null or JsonObject))
        {
            return Refused(PatchStatus.BadRequest($"json: cannot unmarshal {GoJson.KindWord(patch)} into Go value of type map[string]interface {{}}"));
        }

        var members = patch as JsonObject ?? [];
        var merge = new StrategicMerge();
        var result = merge.Map(current.DeepClone().AsObject(), members.DeepClone().AsObject(), new(SchemaKind.Struct, type));
        if (result is null)
        {
            return Refused(merge.Error!);
        }

        // What the server prints is the patch after it was worked through: its directives are gone by then.
        return UnstructuredCheck.FirstError(result, type) is { } why
            ? Refused(PatchStatus.Unreadable(GoJson.Print(StrategicMerge.Remains(members)), why))
            : ApiResult.Success(result);
    }

    private static ApiResult<JsonObject> Refused(ApiStatus status) => ApiResult.Failure<JsonObject>(status);
}
