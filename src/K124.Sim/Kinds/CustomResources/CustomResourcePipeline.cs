using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Admission;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>What the API server does with a custom resource between its arrival and its storage, in 1.24's order.</summary>
internal static class CustomResourcePipeline
{
    /// <summary>The refusal of a body that names no kind.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="body">The body as it came.</param>
    public static ApiStatus MissingKind(ResourceType resource, string body) => StatusErrors.BadRequest(
        $"{resource.Kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: Object 'Kind' is missing in '{body}'");

    /// <summary>Handles a POST to a collection.</summary>
    /// <param name="kind">The kind in the version of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">Its surroundings; warnings are left there.</param>
    /// <returns>The object in the version of the request, as it is to be stored; or the refusal.</returns>
    public static ApiResult<JsonObject> Create(CustomResourceKind kind, WriteRequest request, KindContext context)
    {
        if (kind.Definition.IsTerminating)
        {
            return Refuse(CreationWhileTerminating(), context);
        }

        if (Read(kind, request, out var tree) is { } unreadable)
        {
            return Refuse(unreadable, context);
        }

        return ObjectForms.CheckNamespace(request, tree.Ensure("metadata")) is { } misplaced
            ? Refuse(misplaced, context)
            : Create(kind, request, tree, context);
    }

    /// <summary>Handles a PUT, or the result of a patch, to an object or its status.</summary>
    /// <param name="kind">The kind in the version of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="stored">The stored object in the version of the request; null if there is none.</param>
    /// <param name="context">Its surroundings; warnings are left there.</param>
    /// <returns>The object in the version of the request, as it is to be stored; or the refusal.</returns>
    public static ApiResult<JsonObject> Update(CustomResourceKind kind, WriteRequest request, JsonObject? stored, KindContext context)
    {
        if (Read(kind, request, out var tree) is { } unreadable)
        {
            return Refuse(unreadable, context);
        }

        var metadata = tree.Ensure("metadata");
        if ((ObjectForms.CheckName(request, metadata) ?? ObjectForms.CheckNamespace(request, metadata)
            ?? UpdatePreconditions.CheckUid(request, metadata, stored, context.IsDryRun)) is { } refused)
        {
            return Refuse(refused, context);
        }

        if (stored is not null)
        {
            return Update(kind, request, tree, stored, context);
        }

        if (!request.ForcesCreate)
        {
            return Refuse(StatusErrors.NotFound(request.Resource.Group, request.Resource.Plural, request.Name), context);
        }

        metadata.Remove("resourceVersion");
        return kind.Definition.IsTerminating ? Refuse(CreationWhileTerminating(), context) : Create(kind, request, tree, context);
    }

    private static ApiStatus CreationWhileTerminating() => new()
    {
        Code = 405,
        Reason = "MethodNotAllowed",
        Message = "create not allowed while custom resource definition is terminating",
        Details = new(),
    };

    private static ApiStatus? Read(CustomResourceKind kind, WriteRequest request, out JsonObject tree)
    {
        tree = [];
        var resource = request.Resource;
        if (request.Body is not JsonObject body || body.Text("kind").Length == 0)
        {
            return MissingKind(resource, request.Text ?? Text.GoJson.Write(request.Body));
        }

        if (body.Text("apiVersion") != resource.ApiVersion)
        {
            return StatusErrors.BadRequest(
                $"the API version in the data ({body.Text("apiVersion")}) does not match the expected API version ({resource.ApiVersion})");
        }

        tree = kind.Read(body, out var error);
        return error is null
            ? null
            : StatusErrors.BadRequest($"{resource.Kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: {error}");
    }

    private static ApiResult<JsonObject> Create(CustomResourceKind kind, WriteRequest request, JsonObject tree, KindContext context)
    {
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

        NewMetadata.Prepare(request, tree, kind, context);
        var errors = new FieldErrors();
        kind.Validate(tree, context, errors);
        return Decide(kind, request, tree, errors, admission, context);
    }

    private static ApiResult<JsonObject> Update(CustomResourceKind kind, WriteRequest request, JsonObject tree, JsonObject old, KindContext context)
    {
        OwnerReferences.RemoveDuplicates(tree, context);
        request.TrackOwners?.Invoke(tree, old);
        var admission = Admission(request, AdmissionOperation.Update, tree, old, context);
        if (context.Admission.Mutate(admission) is { } refused)
        {
            return Refuse(refused, context);
        }

        if (UpdatePreconditions.CheckVersion(request, kind, tree.Ensure("metadata"), old) is { } outdated)
        {
            return Refuse(outdated, context);
        }

        UpdateMetadata.Prepare(tree.Ensure("metadata"), old.Object("metadata"));
        var isStatus = request.Subresource == "status";
        if (isStatus)
        {
            kind.PrepareForStatusUpdate(tree, old, context);
        }
        else
        {
            kind.PrepareForUpdate(tree, old, context);
        }

        UpdateMetadata.Restore(tree.Ensure("metadata"), old.Object("metadata"));
        var errors = new FieldErrors();
        MetadataRules.ValidateUpdate(tree.Ensure("metadata"), old.Object("metadata"), errors);
        if (isStatus)
        {
            kind.ValidateStatusUpdate(tree, old, context, errors);
        }
        else
        {
            kind.ValidateUpdate(tree, old, context, errors);
        }

        return Decide(kind, request, tree, errors, admission, context);
    }

    private static ApiResult<JsonObject> Decide(
        CustomResourceKind kind, WriteRequest request, JsonObject tree, FieldErrors errors, AdmissionRequest admission, KindContext context)
    {
        if (errors.Count > 0)
        {
            return Refuse(StatusErrors.Invalid(kind.Group, tree.Text("kind"), tree.Object("metadata").Text("name"), errors.All), context);
        }

        return context.Admission.Validate(admission) is { } denied
            ? Refuse(denied, context)
            : ApiResult.Success(SortedKeys.Sort(tree), [.. context.Warnings]);
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

    private static ApiResult<JsonObject> Refuse(ApiStatus status, KindContext context) =>
        ApiResult.Failure<JsonObject>(status, [.. context.Warnings]);
}
