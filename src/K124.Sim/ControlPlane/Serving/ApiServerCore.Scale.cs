using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;
using K124.Sim.Patching;
using K124.Sim.Patching.Apply;
using K124.Sim.Patching.Strategic;
using K124.Sim.Patching.Typing;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <content>The scale of what has replicas.</content>
internal sealed partial class ApiServerCore
{
    private const string ScaleVersion = "autoscaling/v1";

    private static SchemaType ScaleSchema =>
        SchemaFacts.Instance.TryGetKind("autoscaling", "v1", "Scale", out var type) ? type : throw new InvalidOperationException("There is no Scale.");

    private ApiResponse Scale(RequestScope scope)
    {
        if (scope.Target.Verb is not "get" && WriteOptions.Check(scope.Target.Verb, scope.Query, IsApply(scope)) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        if (Store.Get(scope.Resource.Stored, new(scope.Target.Namespace, scope.Target.Name)) is not { } present)
        {
            return Refuse(scope.Target.Verb == "get" ? NoScale(scope) : NotFound(scope), scope);
        }

        var parent = scope.Resource.FromStored(present);
        if (scope.Target.Verb == "get")
        {
            return scope.Resource.ScaleOf(parent, out var refusal) is { } scale ? Respond(scope, 200, scale) : Refuse(refusal!, scope);
        }

        var result = IsApply(scope) ? ApplyScale(scope, present, parent) : WriteScale(scope, present, parent);
        return result.Succeeded && scope.Resource.ScaleOf(result.Value, out var unscalable) is { } shown
            ? Respond(scope, 200, shown)
            : Refuse(result.Status ?? Refusals.NoSuchResource, scope);
    }

    private static bool IsApply(RequestScope scope) => MediaRange.TypeOf(scope.Request.Header("content-type")) == ApplyType;

    private static ApiStatus NoScale(RequestScope scope) => scope.Resource.Type is { Group: "", Plural: "replicationcontrollers" }
        ? StatusErrors.NotFound("autoscaling", "replicationcontrollers/scale", scope.Target.Name)
        : scope.Resource.IsCustom || scope.Resource.Type.Plural == "statefulsets" ? NotFound(scope)
        : StatusErrors.NotFound(scope.Target.Group, scope.Target.Resource + "/scale", scope.Target.Name);

    private ApiResult<JsonObject> WriteScale(RequestScope scope, StoredObject present, JsonObject parent)
    {
        var read = scope.Target.Verb == "update" ? ReadScale(scope) : PatchScale(scope, parent);
        if (!read.Succeeded)
        {
            return read;
        }

        var scale = read.Value;
        var metadata = scale.Object("metadata");
        if (metadata.Text("name") != scope.Target.Name)
        {
            return ApiResult.Failure<JsonObject>(StatusErrors.BadRequest(
                $"the name of the object ({metadata.Text("name")}) does not match the name on the URL ({scope.Target.Name})"));
        }

        if (scale.Object("spec").Number("replicas") is < 0 and var negative)
        {
            return ApiResult.Failure<JsonObject>(StatusErrors.Invalid(
                "autoscaling", "Scale", scope.Target.Name,
                [new(FieldErrorType.Invalid, "spec.replicas", negative.ToString(CultureInfo.InvariantCulture), "must be greater than or equal to 0")]));
        }

        var changed = (JsonObject)parent.DeepClone();
        scope.Resource.SetScale(changed, scale.Object("spec").Number("replicas"));
        if (metadata.Text("resourceVersion") is { Length: > 0 } version)
        {
            changed.Ensure("metadata")["resourceVersion"] = version;
        }

        if (metadata.Text("uid") is { Length: > 0 } uid)
        {
            changed.Ensure("metadata")["uid"] = uid;
        }

        ScaleOwners(scope).Update(OwnedScale(scope, parent), scale, scope.FieldManager, scope.Context.Now);
        TakeOwners(scope, changed, parent, scale);
        return UpdateObject(scope, Write(scope, changed) with { TrackOwners = null }, present);
    }

    private static FieldManager ScaleOwners(RequestScope scope) => new(new()
    {
        ApiVersion = ScaleVersion,
        Kind = "Scale",
        Subresource = scope.Target.Subresource,
        TypeOf = BuiltInTypes.Instance.Of,
    });

    /// <summary>The scale as it is, with those who own its replicas.</summary>
    private static JsonObject OwnedScale(RequestScope scope, JsonObject parent)
    {
        var scale = scope.Resource.ScaleOf(parent, out _) ?? scope.Resource.EmptyScale(parent);
        if (ScaleFields.ToScale(parent, scope.Resource.ReplicasPaths) is { Count: > 0 } owners)
        {
            scale.Object("metadata")!["managedFields"] = owners;
        }

        return scale;
    }

    private static void TakeOwners(RequestScope scope, JsonObject changed, JsonObject parent, JsonObject scale)
    {
        if (ScaleFields.ToParent(parent, scale, scope.Resource.Type.ApiVersion, scope.Resource.ReplicasPaths) is { } owners)
        {
            changed.Ensure("metadata")["managedFields"] = owners;
        }
    }

    private ApiResult<JsonObject> ReadScale(RequestScope scope)
    {
        if (ReadDocument(scope.Request, out var document, out var refusal) is { } error)
        {
            refusal = StatusErrors.BadRequest($"the object provided is unrecognized (must be of type Scale): {error} ({Sample(scope.Request.Body.Span)})");
        }

        return refusal is null ? Decoded(document, patch: null) : ApiResult.Failure<JsonObject>(refusal);
    }

    private static ApiResult<JsonObject> PatchScale(RequestScope scope, JsonObject parent)
    {
        var type = MediaRange.TypeOf(scope.Request.Header("content-type"));
        if (type is not (JsonPatchType or MergePatchType or StrategicType))
        {
            return ApiResult.Failure<JsonObject>(Refusals.UnknownPatchType);
        }

        if (scope.Resource.ScaleOf(parent, out var refusal) is not { } current)
        {
            // A custom resource without replicas has them once somebody has written them.
            current = scope.Resource.EmptyScale(parent);
        }

        var body = scope.Request.Body.Span;
        ApiResult<JsonNode> patched;
        if (type == StrategicType)
        {
            var merged = StrategicMergePatch.Apply(current, body, ScaleSchema);
            patched = merged.Succeeded ? ApiResult.Success<JsonNode>(merged.Value) : ApiResult.Failure<JsonNode>(merged.Status);
        }
        else
        {
            patched = type == JsonPatchType ? JsonPatch.Apply(current, body) : MergePatch.Apply(current, body);
        }

        return patched.Succeeded ? Decoded(patched.Value, GoJson.WriteSorted(patched.Value)) : ApiResult.Failure<JsonObject>(patched.Status);
    }

    private static ApiResult<JsonObject> Decoded(JsonNode? document, string? patch)
    {
        var scale = ObjectDecoder.Decode(ScaleSchema, document, out var error);
        return error is null ? ApiResult.Success(scale)
            : ApiResult.Failure<JsonObject>(patch is null
                ? StatusErrors.BadRequest($"Scale in version \"v1\" cannot be handled as a Scale: {error}")
                : PatchStatus.Unreadable(patch, error));
    }

    private ApiResult<JsonObject> ApplyScale(RequestScope scope, StoredObject present, JsonObject parent)
    {
        if (ReadApplied(scope, out var config) is { } unreadable)
        {
            return ApiResult.Failure<JsonObject>(unreadable);
        }

        var applied = ScaleOwners(scope).Apply(
            OwnedScale(scope, parent), WithNames(scope, config), scope.Query["fieldManager"], scope.Query.Flag("force"), scope.Context.Now);
        if (!applied.Succeeded)
        {
            return applied;
        }

        var changed = (JsonObject)parent.DeepClone();
        scope.Resource.SetScale(changed, applied.Value.Object("spec").Number("replicas"));
        TakeOwners(scope, changed, parent, applied.Value);
        return UpdateObject(scope, Write(scope, changed) with { ChecksUid = false, TrackOwners = null }, present);
    }
}
