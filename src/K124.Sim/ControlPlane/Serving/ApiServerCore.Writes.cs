using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Creates and updates.</content>
internal sealed partial class ApiServerCore
{
    internal const string TemplateGeneration = "deprecated.daemonset.template.generation";

    private ApiResponse Create(RequestScope scope)
    {
        if (Reviews.IsReview(scope.Resource.Type))
        {
            return Review(scope);
        }

        if (scope.Resource.Type is { Group: "", Plural: "bindings" })
        {
            return Bind(scope, isCollection: true);
        }

        if (ReadBody(scope, out var body) is { } unreadable)
        {
            return Refuse(unreadable, scope);
        }

        if (WriteOptions.Check("create", scope.Query, isApply: false) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        return Finish(scope, CreateObject(scope, body), 201);
    }

    /// <summary>Makes an object.</summary>
    private ApiResult<JsonObject> CreateObject(RequestScope scope, JsonNode? body)
    {
        var request = Write(scope, body) with { Name = "" };
        return StoreNew(scope, scope.Resource.Create(request, scope.Context));
    }

    private ApiResult<JsonObject> StoreNew(RequestScope scope, ApiResult<JsonObject> prepared)
    {
        if (!prepared.Succeeded)
        {
            return prepared;
        }

        var tree = prepared.Value;
        if (CheckGrant(scope, tree, null) is { } escalating)
        {
            return ApiResult.Failure<JsonObject>(escalating);
        }

        var metadata = tree.Ensure("metadata");
        var key = new ObjectKey(scope.Target.Namespace, metadata.Text("name"));
        if (Store.Get(scope.Resource.Stored, key) is { } present)
        {
            return ApiResult.Failure<JsonObject>(AlreadyExists(scope, present, metadata));
        }

        if (Services.Allocate(scope.Resource.Stored, Store, tree, scope.IsDryRun) is { } noAddress)
        {
            return ApiResult.Failure<JsonObject>(noAddress);
        }

        ChargeQuotas(scope);
        if (scope.IsDryRun)
        {
            metadata.Remove("resourceVersion");
            return ApiResult.Success(tree);
        }

        var written = Store.Create(scope.Resource.Stored, key, scope.Resource.ToStored(tree), scope.Context.SentRaw);
        Services.Committed(scope.Resource.Stored, Store, key, isGone: false);
        if (IsDefinition(scope.Resource))
        {
            SettleDefinition(scope.Resource, written.Object!);
        }

        return ApiResult.Success(scope.Resource.FromStored(written.Object!));
    }

    private static ApiStatus AlreadyExists(RequestScope scope, StoredObject present, JsonObject metadata)
    {
        var target = scope.Target;
        var (name, group, plural) = (metadata.Text("name"), target.Group, target.Resource);
        var status = StatusErrors.AlreadyExists(group, plural, name);
        if (present.Tree.Object("metadata").Has("deletionTimestamp"))
        {
            return status with { Message = $"object is being deleted: {status.Message}" };
        }

        return metadata.Text("generateName").Length == 0 || scope.SentName.Length > 0
            ? status
            : status with
            {
                Message = status.Message + ", the server was not able to generate a unique name for the object",
                Details = status.Details! with { RetryAfterSeconds = 1 },
            };
    }

    private ApiResponse Update(RequestScope scope, string subresource)
    {
        if (ReadBody(scope, out var body) is { } unreadable)
        {
            return Refuse(unreadable, scope);
        }

        if (WriteOptions.Check("update", scope.Query, isApply: false) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        var present = Store.Get(scope.Resource.Stored, new(scope.Target.Namespace, scope.Target.Name));
        return Finish(scope, UpdateObject(scope, Write(scope, body) with { Subresource = subresource }, present), present is null ? 201 : 200);
    }

    /// <summary>Changes an object, or makes it where that is allowed.</summary>
    private ApiResult<JsonObject> UpdateObject(RequestScope scope, WriteRequest request, StoredObject? present)
    {
        if (present is null)
        {
            if (CheckCreation(scope) is { } forbidden)
            {
                return ApiResult.Failure<JsonObject>(forbidden);
            }

            return StoreNew(scope, scope.Resource.Update(request, null, scope.Context));
        }

        scope.Context.StoredRaw = present.RawText;
        var prepared = scope.Resource.Update(request, scope.Resource.FromStored(present), scope.Context);
        return prepared.Succeeded ? StoreChanged(scope, prepared.Value, present) : prepared;
    }

    /// <summary>Who makes an object by an update needs the right to create.</summary>
    private ApiStatus? CheckCreation(RequestScope scope)
    {
        var attributes = AccessAttributes.Of(scope.Target with { Verb = "create" });
        return Allows(scope.User, attributes, out _)
            ? null
            : StatusErrors.Forbidden(scope.Target.Group, scope.Target.Resource, scope.Target.Name, AccessAttributes.Why(scope.User, attributes));
    }

    private ApiResult<JsonObject> StoreChanged(RequestScope scope, JsonObject tree, StoredObject present)
    {
        if (CheckGrant(scope, tree, present.Tree) is { } escalating)
        {
            return ApiResult.Failure<JsonObject>(escalating);
        }

        if (Services.Allocate(scope.Resource.Stored, Store, tree, scope.IsDryRun) is { } noAddress)
        {
            return ApiResult.Failure<JsonObject>(noAddress);
        }

        var stored = scope.Resource.ToStored(tree);
        if (JsonNode.DeepEquals(stored, present.Tree) && !IsRewritten(scope.Resource, present))
        {
            return ApiResult.Success(scope.Resource.FromStored(present));
        }

        ChargeQuotas(scope);
        if (scope.IsDryRun)
        {
            return ApiResult.Success(tree);
        }

        if (Deletion.IsFinished(scope.Resource, stored))
        {
            Remove(present);
            return ApiResult.Success(tree);
        }

        var written = Store.Update(scope.Resource.Stored, present.Key, stored, rawText: scope.Context.SentRaw);
        Services.Committed(scope.Resource.Stored, Store, present.Key, isGone: false);
        if (IsDefinition(scope.Resource))
        {
            SettleDefinition(scope.Resource, written.Object!);
        }

        return ApiResult.Success(scope.Resource.FromStored(written.Object!));
    }

    /// <summary>Whether even an update that changes nothing is written: the first one of a claim is, since a new claim is stored in
    /// another form than one that was read and written back.</summary>
    private static bool IsRewritten(ServedResource resource, StoredObject present) =>
        present.IsAsCreated && resource.Type is { Group: "", Plural: "persistentvolumeclaims" };

    private void Remove(StoredObject present)
    {
        Store.Delete(present.Resource, present.Key);
        Services.Committed(present.Resource, Store, present.Key, isGone: true);
        InstanceGone(present.Resource);
    }

    private static WriteRequest Write(RequestScope scope, JsonNode? body) => new()
    {
        Resource = scope.Resource.Type,
        Namespace = scope.Target.Namespace,
        Name = scope.Target.Name,
        Body = body,
        Text = scope.SentText,
        TrackOwners = (tree, old) => TrackOwners(scope, body, tree, old),
    };

    /// <summary>Writes down which fields the request sets.</summary>
    private static void TrackOwners(RequestScope scope, JsonNode? body, JsonObject tree, JsonObject? old)
    {
        var wire = Wire(scope, tree);
        if (!scope.Resource.IsCustom && body is JsonObject sent && EmptyCollections.MayBeIn(scope.Request.Body.Span))
        {
            EmptyCollections.Restore(scope.Resource.Type.Schema!, sent, wire);
        }

        scope.Resource.Owners(scope.Target.Subresource).Update(
            old is null ? null : Wire(scope, old), wire, scope.FieldManager, scope.Context.Now);
        var managed = wire.Object("metadata")?["managedFields"]?.DeepClone();
        var metadata = tree.Ensure("metadata");
        metadata.Remove("managedFields");
        if (managed is JsonArray { Count: > 0 })
        {
            metadata["managedFields"] = managed;
        }
    }

    private static JsonObject Wire(RequestScope scope, JsonObject tree)
    {
        var wire = (JsonObject)tree.DeepClone();
        if (scope.Resource.Type is { Group: "apps", Plural: "daemonsets" })
        {
            // In this version the generation of the template is an annotation, 0 if nothing is said.
            wire.Ensure("metadata").Ensure("annotations").Default(TemplateGeneration, "0");
        }

        if (!scope.Resource.IsCustom)
        {
            ObjectWriter.Complete(scope.Resource.Type.Schema!, wire);
        }

        return wire;
    }

    private void ChargeQuotas(RequestScope scope)
    {
        if (scope.IsDryRun)
        {
            return;
        }

        var quotas = Store.Resource(new("", "resourcequotas"));
        foreach (var charge in scope.Context.QuotaCharges)
        {
            if (Store.Get(quotas, new(charge.Namespace, charge.Name)) is not { } quota)
            {
                continue;
            }

            var tree = quota.CopyTree();
            var used = tree.Ensure("status").Ensure("used");
            foreach (var (name, amount) in charge.Used)
            {
                used[name] = amount;
            }

            WriteStatus(Catalog.Find("", "v1", "resourcequotas")!, quota, tree);
        }
    }

    /// <summary>Writes a status that the server itself changed, in the version of the store.</summary>
    private void WriteStatus(ServedResource resource, StoredObject present, JsonObject tree)
    {
        const string Server = "kube-apiserver";
        var (old, changed) = ((JsonObject)resource.FromStored(present).DeepClone(), VersionConversion.Convert(tree, tree.Text("apiVersion"), resource.Type));
        ObjectWriter.Complete(resource.Schema!, changed);
        resource.Owners("status").Update(old, changed, Server, ApiTimes.Seconds(UtcNow));
        ObjectForms.DropEmptyMetadata(changed);
        Store.Update(resource.Stored, present.Key, resource.ToStored(changed));
    }

    private ApiResponse Finish(RequestScope scope, ApiResult<JsonObject> result, int code) =>
        result.Succeeded ? Respond(scope, code, result.Value) : Refuse(result.Status, scope);
}
