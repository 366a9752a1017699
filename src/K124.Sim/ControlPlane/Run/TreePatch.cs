using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Patching;
using K124.Sim.Patching.Strategic;

namespace K124.Sim.ControlPlane.Run;

/// <summary>Applies a component's patch to a stored object.</summary>
internal static class TreePatch
{
    public static ApiResult<JsonObject> Apply(PatchType type, ResourceType resource, JsonObject current, string patch)
    {
        var body = Encoding.UTF8.GetBytes(patch);
        switch (type)
        {
            case PatchType.Json:
                return AsObject(JsonPatch.Apply(current, body));
            case PatchType.Merge:
                return AsObject(MergePatch.Apply(current, body));
            case PatchType.StrategicMerge:
                return StrategicMergePatch.Apply(current, body, resource.Schema!);
            default:
                return ApiResult.Failure<JsonObject>(StatusErrors.BadRequest("server-side apply needs a request with a field manager"));
        }
    }

    private static ApiResult<JsonObject> AsObject(ApiResult<JsonNode> result) =>
        !result.Succeeded ? ApiResult.Failure<JsonObject>(result.Status)
        : result.Value is JsonObject tree ? ApiResult.Success(tree)
        : ApiResult.Failure<JsonObject>(StatusErrors.BadRequest("the patch does not leave an object"));
}
