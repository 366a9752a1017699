using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Patching;
using K124.Sim.Patching.Strategic;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Patches.</content>
internal sealed partial class ApiServerCore
{
    private const string JsonPatchType = "application/json-patch+json";
    private const string MergePatchType = "application/merge-patch+json";
    private const string StrategicType = "application/strategic-merge-patch+json";
    private const string ApplyType = "application/apply-patch+yaml";

    private ApiResponse Patch(RequestScope scope, string subresource)
    {
        var type = MediaRange.TypeOf(scope.Request.Header("content-type"));
        if (type is not (JsonPatchType or MergePatchType or StrategicType or ApplyType))
        {
            return StatusTree.Respond(Refusals.UnknownPatchType);
        }

        if (type == StrategicType && scope.Resource.Schema is null)
        {
            return Refuse(Refusals.UnknownBody($"{JsonPatchType}, {MergePatchType}, {ApplyType}"), scope);
        }

        if (scope.Request.Body.Length > MaxBody)
        {
            return Refuse(Refusals.TooLarge, scope);
        }

        if (WriteOptions.Check("patch", scope.Query, isApply: type == ApplyType) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        var present = Store.Get(scope.Resource.Stored, new(scope.Target.Namespace, scope.Target.Name));
        if (present is null && (type != ApplyType || subresource.Length > 0))
        {
            return Refuse(NotFound(scope), scope);
        }

        var result = type == ApplyType
            ? ApplyPatch(scope, subresource, present)
            : ApplyPatch(scope, subresource, type, present!);
        return Finish(scope, result, present is null ? 201 : 200);
    }

    private ApiResult<JsonObject> ApplyPatch(RequestScope scope, string subresource, string type, StoredObject present)
    {
        var current = scope.Resource.FromStored(present);
        var patched = Patched(type, current, scope.Request.Body.Span, scope.Resource);
        if (!patched.Succeeded)
        {
            return ApiResult.Failure<JsonObject>(patched.Status);
        }

        if (CheckPatched(scope.Resource, patched.Value) is { } unreadable)
        {
            return ApiResult.Failure<JsonObject>(unreadable);
        }

        var request = Write(scope, patched.Value) with { Subresource = subresource, ChecksUid = false };
        return UpdateObject(scope, request, present);
    }

    private static ApiResult<JsonNode> Patched(string type, JsonObject current, ReadOnlySpan<byte> body, ServedResource resource)
    {
        switch (type)
        {
            case JsonPatchType:
                return JsonPatch.Apply(current, body);
            case MergePatchType:
                return MergePatch.Apply(current, body);
            default:
                var merged = StrategicMergePatch.Apply(current, body, resource.Schema!);
                return merged.Succeeded ? ApiResult.Success<JsonNode>(merged.Value) : ApiResult.Failure<JsonNode>(merged.Status);
        }
    }

    /// <summary>What a patch made has still to be an object of the kind.</summary>
    private static ApiStatus? CheckPatched(ServedResource resource, JsonNode patched)
    {
        if (patched is not JsonObject tree)
        {
            return PatchStatus.Unreadable(GoJson.Write(patched), $"couldn't get version/kind; json parse error: json: cannot unmarshal {GoJson.KindWord(patched)} into Go value of type {TypeMetaStruct}");
        }

        var (kind, apiVersion) = (tree.Text("kind"), tree.Text("apiVersion"));
        if (kind != resource.Type.Kind || apiVersion != resource.Type.ApiVersion)
        {
            var why = kind.Length == 0 ? $"Object 'Kind' is missing in '{GoJson.Write(tree)}'"
                : apiVersion.Length == 0 ? $"Object 'apiVersion' is missing in '{GoJson.Write(tree)}'"
                : $"no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"";
            return PatchStatus.Unreadable(GoJson.Write(tree), why);
        }

        return resource.DecodingError(tree) is { } error ? PatchStatus.Unreadable(GoJson.Write(tree), error) : null;
    }

    private ApiResult<JsonObject> ApplyPatch(RequestScope scope, string subresource, StoredObject? present)
    {
        if (ReadApplied(scope, out var config) is { } unreadable)
        {
            return ApiResult.Failure<JsonObject>(unreadable);
        }

        if (present is null && CheckCreation(scope) is { } forbidden)
        {
            return ApiResult.Failure<JsonObject>(forbidden);
        }

        var live = present is null ? null : scope.Resource.FromStored(present);
        var applied = scope.Resource.Owners(subresource).Apply(
            live, WithNames(scope, config), scope.Query["fieldManager"], scope.Query.Flag("force"), scope.Context.Now);
        if (!applied.Succeeded)
        {
            return applied;
        }

        var request = Write(scope, applied.Value) with
        {
            Subresource = subresource,
            ChecksUid = false,
            ForcesCreate = true,
            TrackOwners = null,
        };
        if (present is not null)
        {
            return UpdateObject(scope, request, present);
        }

        // What is not there has neither version nor uid.
        var metadata = applied.Value.Ensure("metadata");
        metadata.Remove("resourceVersion");
        metadata.Remove("uid");
        return StoreNew(scope, scope.Resource.Update(request, null, scope.Context));
    }

    private ApiStatus? ReadApplied(RequestScope scope, out JsonObject config)
    {
        config = [];
        var body = scope.Request.Body;
        JsonNode? document;
        if (GoJson.TryParse(body.Span, out document) is { } error)
        {
            if (_options.ReadYaml is not { } readYaml)
            {
                return StatusErrors.BadRequest($"error decoding YAML: {error}");
            }

            if (ReadYaml(readYaml, body, out document) is { } why)
            {
                return StatusErrors.BadRequest($"error decoding YAML: error converting YAML to JSON: {why}");
            }
        }

        if (document is not (null or JsonObject))
        {
            return StatusErrors.BadRequest($"error decoding YAML: json: cannot unmarshal {GoJson.KindWord(document)} into Go value of type map[string]interface {{}}");
        }

        config = document as JsonObject ?? [];
        return null;
    }

    private static JsonObject WithNames(RequestScope scope, JsonObject config)
    {
        var metadata = config.Ensure("metadata");
        if (metadata.Text("name").Length == 0)
        {
            metadata["name"] = scope.Target.Name;
        }

        return config;
    }
}
