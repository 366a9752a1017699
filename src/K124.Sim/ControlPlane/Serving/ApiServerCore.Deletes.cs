using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Deletions.</content>
internal sealed partial class ApiServerCore
{
    private ApiResponse Delete(RequestScope scope)
    {
        if (ReadDeleteOptions(scope, out var options) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        WarnOfOrphans(scope, options);
        if (Store.Get(scope.Resource.Stored, new(scope.Target.Namespace, scope.Target.Name)) is not { } present)
        {
            return Refuse(AdmitDeletion(scope, null) ?? NotFound(scope), scope);
        }

        var result = DeleteObject(scope, present, options, out var isGone);
        if (!result.Succeeded)
        {
            return Refuse(result.Status, scope);
        }

        if (!isGone || scope.Resource.DeletionReturnsObject)
        {
            return Respond(scope, 200, result.Value);
        }

        var metadata = result.Value.Object("metadata");
        var response = ApiResponse.Of(200, StatusTree.Deleted(scope.Target.Group, scope.Target.Resource, metadata.Text("name"), metadata.Text("uid")));
        return Written(response, scope.Output);
    }

    private ApiResponse DeleteCollection(RequestScope scope)
    {
        if (ReadDeleteOptions(scope, out var options) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        WarnOfOrphans(scope, options);
        if (ListRequest.Read(scope, out var list) is { } wrongList)
        {
            return Refuse(wrongList, scope);
        }

        if (FindPage(scope, list, out var page) is { } refused)
        {
            return Refuse(refused, scope);
        }

        foreach (var item in page.Items)
        {
            if (Store.Get(item.Resource, item.Key) is { } present)
            {
                var one = scope with { Target = scope.Target with { Name = item.Key.Name, Verb = "delete" } };
                var result = DeleteObject(one, present, options, out _);
                if (!result.Succeeded && result.Status.Code != 404)
                {
                    return Refuse(result.Status, scope);
                }
            }
        }

        return Respond(scope, ListBody.Of(scope.Resource, page));
    }

    private static void WarnOfOrphans(RequestScope scope, DeleteRequest options)
    {
        if (scope.Resource is { OrphansByDefault: true, Type: { Group: "batch", Plural: "jobs" } } && options.Propagation.Length == 0)
        {
            scope.Context.Warn("child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set "
                + "propagationPolicy=Orphan to suppress this warning");
        }
    }

    private ApiStatus? ReadDeleteOptions(RequestScope scope, out DeleteRequest options)
    {
        options = new();
        JsonObject? body = null;
        if (scope.Request.Body.Length > 0)
        {
            var error = ReadDocument(scope.Request, out var document, out var refusal);
            if (refusal is not null)
            {
                return refusal;
            }

            if (error is not null)
            {
                return StatusErrors.InternalText(error);
            }

            body = document as JsonObject ?? [];
            if (body.Text("kind") is { Length: > 0 } kind && kind != "DeleteOptions")
            {
                return StatusErrors.InternalText(
                    $"no kind \"{kind}\" is registered for version \"{body.Text("apiVersion")}\" in scheme \"k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27\"");
            }
        }

        return DeleteRequest.Read(scope.Query, body, out options);
    }

    private ApiStatus? AdmitDeletion(RequestScope scope, JsonObject? old)
    {
        var request = new AdmissionRequest
        {
            Operation = AdmissionOperation.Delete,
            Resource = scope.Resource.Type,
            Namespace = scope.Target.Namespace,
            Name = scope.Target.Name,
            Object = null,
            OldObject = old,
            Context = scope.Context,
        };
        return _options.Admission.Mutate(request) ?? _options.Admission.Validate(request)
            ?? (old is not null && !scope.Resource.IsCustom && KindStrategies.For(request.Resource).DeletionProblem(old) is { } why
                ? StatusErrors.Forbidden(request.Resource.Group, request.Resource.Plural, request.Name, why)
                : null);
    }

    /// <summary>Deletes an object, or marks it as terminating.</summary>
    private ApiResult<JsonObject> DeleteObject(RequestScope scope, StoredObject present, DeleteRequest options, out bool isGone)
    {
        isGone = false;
        var resource = scope.Resource;
        var shown = resource.FromStored(present);
        if (Deletion.CheckPreconditions(resource, options, shown) is { } conflict)
        {
            return ApiResult.Failure<JsonObject>(conflict);
        }

        if (AdmitDeletion(scope, shown) is { } refused)
        {
            return ApiResult.Failure<JsonObject>(refused);
        }

        if (resource.Type is { Group: "", Plural: "namespaces" })
        {
            return DeleteNamespace(scope, present, options, out isGone);
        }

        if (IsDefinition(resource))
        {
            return DeleteDefinition(scope, present, options);
        }

        var isPod = resource.Type is { Group: "", Plural: "pods" };
        var grace = Deletion.Grace(resource, options, shown);
        var tree = present.CopyTree();
        var finalizers = Deletion.Finalizers(resource, options, shown);
        var metadata = tree.Ensure("metadata");
        var wasTerminating = metadata.Has("deletionTimestamp");
        Deletion.SetFinalizers(tree, finalizers);
        if (wasTerminating)
        {
            Shorten(isPod, grace, options, metadata);
        }
        else if (finalizers.Length > 0 || isPod)
        {
            Deletion.Mark(tree, UtcNow, grace);
        }

        var stays = finalizers.Length > 0 || metadata.Number("deletionGracePeriodSeconds") > 0;
        isGone = !stays;
        if (scope.IsDryRun || options.IsDryRun)
        {
            return ApiResult.Success(VersionConversion.Convert(tree, present.Tree.Text("apiVersion"), resource.Type));
        }

        // What goes at once is not written before; a pod is, with the time of its deletion.
        var kept = (isGone && !isPod) || JsonNode.DeepEquals(tree, present.Tree) ? present : Store.Update(present.Resource, present.Key, tree).Object!;
        if (stays)
        {
            return ApiResult.Success(resource.FromStored(kept));
        }

        Remove(kept);
        return ApiResult.Success(resource.FromStored(isPod ? kept : present));
    }

    /// <summary>A second deletion can only bring the end closer.</summary>
    private static void Shorten(bool isPod, long grace, DeleteRequest options, JsonObject metadata)
    {
        if (!isPod)
        {
            return;
        }

        var old = metadata.Number("deletionGracePeriodSeconds");
        if (options.GracePeriodSeconds is null && grace != 0)
        {
            return;
        }

        if (grace < old && ApiTimes.Parse(metadata.Text("deletionTimestamp")) is { } end)
        {
            metadata["deletionTimestamp"] = ApiTimes.Seconds(end - TimeSpan.FromSeconds(old - grace));
            metadata["deletionGracePeriodSeconds"] = grace;
        }
    }

    private ApiResult<JsonObject> DeleteDefinition(RequestScope scope, StoredObject present, DeleteRequest options)
    {
        var tree = present.CopyTree();
        if (tree.Object("metadata").Has("deletionTimestamp"))
        {
            return ApiResult.Success(scope.Resource.FromStored(present));
        }

        Deletion.SetFinalizers(tree, Deletion.Finalizers(scope.Resource, options, tree));
        Kinds.CustomResources.CustomResourceDeletion.Begin(tree, scope.Context.Now);
        Deletion.Mark(tree, UtcNow, 0, hasGrace: false, isCounted: false);
        Kinds.Schema.ObjectWriter.Complete(scope.Resource.Schema!, tree);
        Kinds.ObjectForms.DropEmptyMetadata(tree);
        if (scope.IsDryRun || options.IsDryRun)
        {
            return ApiResult.Success(tree);
        }

        var marked = Store.Update(present.Resource, present.Key, tree).Object!;
        EmptyDefinition(scope, marked);
        return ApiResult.Success(scope.Resource.FromStored(marked));
    }

    private ApiResult<JsonObject> DeleteNamespace(RequestScope scope, StoredObject present, DeleteRequest options, out bool isGone)
    {
        var tree = present.CopyTree();
        var metadata = tree.Ensure("metadata");
        isGone = tree.Object("spec").Count("finalizers") == 0 && metadata.Count("finalizers") == 0;
        if (!metadata.Has("deletionTimestamp"))
        {
            Deletion.Mark(tree, UtcNow, 0, hasGrace: false);
            tree.Ensure("status")["phase"] = "Terminating";
        }

        Deletion.SetFinalizers(tree, Deletion.Finalizers(scope.Resource, options, tree));
        if (scope.IsDryRun || options.IsDryRun)
        {
            return ApiResult.Success(tree);
        }

        var kept = JsonNode.DeepEquals(tree, present.Tree) ? present : Store.Update(present.Resource, present.Key, tree).Object!;
        if (isGone)
        {
            Remove(kept);
        }

        return ApiResult.Success(scope.Resource.FromStored(kept));
    }
}
