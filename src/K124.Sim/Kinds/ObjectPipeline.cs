using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Admission;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds;

/// <summary>What the API server does with an object between its arrival and its storage, in 1.24's order. It reads the store through
/// its context and writes nothing.</summary>
internal static class ObjectPipeline
{
    /// <summary>Handles a POST to a collection.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">Its surroundings; warnings and quota charges are left there.</param>
    /// <returns>The object as it is to be stored, without a version; or the refusal.</returns>
    public static ApiResult<JsonObject> Create(WriteRequest request, KindContext context)
    {
        if (ObjectForms.Read(request, context, out var tree) is { } unreadable)
        {
            return Refuse(unreadable, context);
        }

        var metadata = tree.Ensure("metadata");
        return ObjectForms.CheckNamespace(request, metadata) is { } misplaced ? Refuse(misplaced, context) : Create(request, tree, context);
    }

    /// <summary>Handles a PUT, or the result of a patch, to an object or one of its subresources.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stored">The object as stored, in the version of the request; null if there is none.</param>
    /// <param name="context">Its surroundings; warnings and quota charges are left there.</param>
    /// <returns>The object as it is to be stored, with the version of the stored one; or the refusal.</returns>
    public static ApiResult<JsonObject> Update(WriteRequest request, JsonObject? stored, KindContext context)
    {
        if (ObjectForms.Read(request, context, out var tree) is { } unreadable)
        {
            return Refuse(unreadable, context);
        }

        var metadata = tree.Ensure("metadata");
        if (ObjectForms.CheckName(request, metadata) is { } misnamed)
        {
            return Refuse(misnamed, context);
        }

        if (ObjectForms.CheckNamespace(request, metadata) is { } misplaced)
        {
            return Refuse(misplaced, context);
        }

        var strategy = KindStrategies.For(request.Resource);
        if (UpdatePreconditions.CheckUid(request, metadata, stored, context.IsDryRun) is { } otherUid)
        {
            return Refuse(otherUid, context);
        }

        if (stored is null)
        {
            return strategy.AllowsCreateOnUpdate || request.ForcesCreate
                ? CreateByUpdate(request, tree, context)
                : Refuse(StatusErrors.NotFound(request.Resource.Group, request.Resource.Plural, request.Name), context);
        }

        var old = ObjectForms.ReadStored(request.Resource, strategy, stored);
        return Update(request, tree, old, strategy, context);
    }

    private static ApiResult<JsonObject> CreateByUpdate(WriteRequest request, JsonObject tree, KindContext context)
    {
        // The version that the body is based on means nothing to an object that is not there; a dry run shows it all the same.
        var metadata = tree.Object("metadata")!;
        metadata.Remove("resourceVersion", out var version);
        var result = Create(request, tree, context);
        if (context.IsDryRun && result.Succeeded && version is not null)
        {
            metadata["resourceVersion"] = version;
            ObjectWriter.Complete(request.Resource.Schema!, tree);
        }

        return result;
    }

    private static ApiResult<JsonObject> Create(WriteRequest request, JsonObject tree, KindContext context)
    {
        context.Sent = request.Body as JsonObject;
        var strategy = KindStrategies.For(request.Resource);
        OwnerReferences.RemoveDuplicates(tree, context);
        request.TrackOwners?.Invoke(tree, null);
        var admission = Admission(request, AdmissionOperation.Create, tree, null, context);
        if (context.Admission.Mutate(admission) is { } refused)
        {
            return Refuse(refused, context);
        }

        var metadata = tree.Ensure("metadata");
        if (metadata.Text("resourceVersion").Length > 0 && !context.IsDryRun)
        {
            return Refuse(StatusErrors.InternalText("resourceVersion should not be set on objects to be created"), context);
        }

        NewMetadata.Prepare(request, tree, strategy, context);
        var errors = new FieldErrors(request.Resource.Schema);
        strategy.Validate(tree, context, errors);
        if (errors.Count == 0)
        {
            MetadataRules.ValidateGeneric(metadata, strategy.IsNamespaced, Text.NameRules.PathSegment, errors);
        }

        if (errors.Count > 0)
        {
            return Refuse(Invalid(request, strategy, tree, errors), context);
        }

        strategy.WarnOnCreate(tree, context);
        return context.Admission.Validate(admission) is { } denied ? Refuse(denied, context) : Accept(request, tree, null, context);
    }

    private static ApiResult<JsonObject> Update(WriteRequest request, JsonObject tree, JsonObject old, KindStrategy strategy, KindContext context)
    {
        context.Sent = request.Body as JsonObject;
        OwnerReferences.RemoveDuplicates(tree, context);
        request.TrackOwners?.Invoke(tree, old);
        var admission = Admission(request, AdmissionOperation.Update, tree, old, context);
        if (context.Admission.Mutate(admission) is { } refused)
        {
            return Refuse(refused, context);
        }

        var metadata = tree.Ensure("metadata");
        if (UpdatePreconditions.CheckVersion(request, strategy, metadata, old) is { } outdated)
        {
            return Refuse(outdated, context);
        }

        var errors = new FieldErrors(request.Resource.Schema);
        UpdateMetadata.Prepare(metadata, old.Object("metadata"));
        Prepare(request.Subresource, tree, old, strategy, context);
        UpdateMetadata.Restore(tree.Ensure("metadata"), old.Object("metadata"));
        MetadataRules.ValidateGeneric(tree.Object("metadata"), strategy.IsNamespaced, Text.NameRules.PathSegment, errors);
        MetadataRules.ValidateUpdate(tree.Ensure("metadata"), old.Object("metadata"), errors);
        Validate(request.Subresource, tree, old, strategy, context, errors);
        if (errors.Count > 0)
        {
            return Refuse(Invalid(request, strategy, tree, errors), context);
        }

        if (request.Subresource.Length == 0)
        {
            strategy.WarnOnUpdate(tree, old, context);
        }

        return context.Admission.Validate(admission) is { } denied ? Refuse(denied, context) : Accept(request, tree, old, context);
    }

    private static void Prepare(string subresource, JsonObject tree, JsonObject old, KindStrategy strategy, KindContext context)
    {
        switch (subresource)
        {
            case "":
                strategy.PrepareForUpdate(tree, old, context);
                break;
            case "status":
                strategy.PrepareForStatusUpdate(tree, old, context);
                break;
            default:
                strategy.PrepareForSubresourceUpdate(subresource, tree, old, context);
                break;
        }
    }

    private static void Validate(
        string subresource, JsonObject tree, JsonObject old, KindStrategy strategy, KindContext context, FieldErrors errors)
    {
        switch (subresource)
        {
            case "":
                strategy.ValidateUpdate(tree, old, context, errors);
                break;
            case "status":
                strategy.ValidateStatusUpdate(tree, old, context, errors);
                break;
            default:
                strategy.ValidateSubresourceUpdate(subresource, tree, old, context, errors);
                break;
        }
    }

    private static AdmissionRequest Admission(
        WriteRequest request, AdmissionOperation operation, JsonObject tree, JsonObject? old, KindContext context) => new()
        {
            Operation = operation,
            Resource = request.Resource,
            Subresource = request.Subresource,
            Namespace = request.Namespace,
            Name = request.Name.Length > 0 ? request.Name : tree.Object("metadata").Text("name"),
            Object = tree,
            OldObject = old,
            Context = context,
        };

    private static ApiStatus Invalid(WriteRequest request, KindStrategy strategy, JsonObject tree, FieldErrors errors) =>
        StatusErrors.Invalid(strategy.ErrorGroup, request.Resource.Kind, tree.Object("metadata").Text("name"), errors.All);

    private static ApiResult<JsonObject> Accept(WriteRequest request, JsonObject tree, JsonObject? old, KindContext context)
    {
        KindStrategies.For(request.Resource).ReadBack(tree, old, context);
        ObjectWriter.Complete(request.Resource.Schema!, tree);
        ObjectForms.DropEmptyMetadata(tree);
        return ApiResult.Success(tree, [.. context.Warnings]);
    }

    private static ApiResult<JsonObject> Refuse(ApiStatus status, KindContext context) =>
        ApiResult.Failure<JsonObject>(status, [.. context.Warnings]);
}
