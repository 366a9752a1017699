using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.ControlPlane.Run;

/// <summary>The API server as components in process speak to it: records in, records out, the same decisions as for requests.</summary>
/// <remarks>What only a component of the library writes (a binding, a status) is taken as it is; all else goes through the strategy of its kind.</remarks>
internal sealed partial class TypedServer
{
    private readonly ObjectStore _store;
    private readonly KindTables _tables;
    private readonly SeededNames _names;
    private readonly AdmissionChain _admission;
    private readonly FeatureGates _gates;
    private readonly ServiceAddresses _services;
    private readonly StoreReader _reader;
    private readonly AdmittedPods _admittedPods;
    private readonly bool _remembersPods;

    public TypedServer(ObjectStore store, KindTables tables, SeededNames names, AdmissionChain admission, FeatureGates gates, ServiceAddresses services, AdmittedPods? admittedPods = null)
    {
        _admittedPods = admittedPods ?? new();
        _remembersPods = admission.Plugins.All(static plugin => plugin.Name is not ("ServiceAccount" or "MutatingAdmissionWebhook" or "ValidatingAdmissionWebhook"));
        _store = store;
        _tables = tables;
        _names = names;
        _admission = admission;
        _gates = gates;
        _services = services;
        _reader = new(store);
    }

    /// <summary>A server over a fork of the store.</summary>
    public TypedServer Fork(ObjectStore store, SeededNames names) => new(store, _tables, names, _admission, _gates, _services.Fork(), _admittedPods.Fork());

    /// <summary>Takes note that an object of a kind has changed.</summary>
    public void Follow(ApiKind kind)
    {
        if (AdmittedPods.DependsOn(kind))
        {
            _admittedPods.Forget();
        }
    }

    /// <summary>Does one write of somebody from outside: nothing of it is taken on trust.</summary>
    public ApiResult<IApiObject> WriteOfUser(ApiWrite write) =>
        write is { Verb: ApiVerb.Update, Subresource: "status" } ? Update(write) : Write(write);

    /// <summary>Does one write of a component.</summary>
    public ApiResult<IApiObject> Write(ApiWrite write) => (write.Verb, write.Subresource) switch
    {
        (ApiVerb.Create, "") => Create(write),
        (ApiVerb.Create, "binding") => Bind(write),
        (ApiVerb.Update, "") => Update(write),
        (ApiVerb.Update, "status") => UpdateStatus(write),
        (ApiVerb.Update, "finalize" or "approval") => Update(write),
        (ApiVerb.Patch, _) => Patch(write),
        (ApiVerb.Delete, "") => Delete(write.Kind, write.Key, write.Options ?? NoOptions),
        (ApiVerb.DeleteCollection, "") => DeleteCollection(write),
        _ => Refuse(StatusErrors.BadRequest($"{write.Verb} of {write.Kind.Kind}/{write.Subresource} is not served to components")),
    };

    private static readonly DeleteOptions NoOptions = new();

    private static ApiResult<IApiObject> Refuse(ApiStatus status) => ApiResult.Failure<IApiObject>(status);

    private static ApiResult<IApiObject> Accept(StoredObject stored) => ApiResult.Success(stored.Typed);

    private ApiStatus NotFound(ApiKind kind, ObjectKey key)
    {
        var type = _tables.TypeOf(kind);
        return StatusErrors.NotFound(type.Group, type.Plural, key.Name);
    }

    private ApiStatus Conflict(ApiKind kind, ObjectKey key, string why)
    {
        var type = _tables.TypeOf(kind);
        return StatusErrors.Conflict(type.Group, type.Plural, key.Name, why);
    }

    private KindContext Context() => new()
    {
        Objects = _reader,
        Now = _store.UtcNow.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Names = _names,
        Admission = _admission,
        Gates = _gates,
    };

    private ApiResult<IApiObject> Create(ApiWrite write)
    {
        var table = _tables.Of(write.Kind);
        if (_remembersPods && write.Object is Pod sent && _admittedPods.Find(sent) is { } model)
        {
            return CreateLike(model, sent, table);
        }

        var context = Context();
        var request = new WriteRequest { Resource = _tables.TypeOf(write.Kind), Namespace = write.Key.Namespace, Body = table.Form.ToTree(write.Object!) };
        var made = ObjectPipeline.Create(request, context);
        if (!made.Succeeded)
        {
            return Refuse(made.Status);
        }

        var key = new ObjectKey(write.Key.Namespace, (string)made.Value["metadata"]!["name"]!);
        if (_store.Get(table, key) is null && _services.Allocate(table, _store, made.Value, isDryRun: false) is { } noAddress)
        {
            return Refuse(noAddress);
        }

        var stored = _store.Create(table, key, made.Value);
        if (!stored.IsDone)
        {
            return Refuse(StatusErrors.AlreadyExists(request.Resource.Group, request.Resource.Plural, key.Name));
        }

        _services.Committed(table, _store, key, isGone: false);
        Charge(context);
        if (_remembersPods && write.Object is Pod pod && context.QuotaCharges.Count == 0)
        {
            _admittedPods.Keep(pod, (Pod)stored.Object!.Typed);
        }

        return Accept(stored.Object!);
    }

    /// <summary>A further pod of a template.</summary>
    private ApiResult<IApiObject> CreateLike(Pod model, Pod sent, StoreResource table)
    {
        var annotations = sent.Metadata.Annotations.TryGetValue(AdmittedPods.IndexAnnotation, out var index)
            ? model.Metadata.Annotations.With(AdmittedPods.IndexAnnotation, index)
            : model.Metadata.Annotations;
        var pod = model with
        {
            Metadata = model.Metadata with
            {
                GenerateName = sent.Metadata.GenerateName,
                Annotations = annotations,
                Name = KindStrategies.For(_tables.TypeOf(ApiKind.Of<Pod>())).GenerateName(sent.Metadata.GenerateName, _names),
                Uid = _names.NewUid(),
                CreationTimestamp = WholeSecond(_store.UtcNow),
                OwnerReferences = sent.Metadata.OwnerReferences,
                ResourceVersion = "",
            },
            Spec = model.Spec.Hostname == sent.Spec.Hostname ? model.Spec : model.Spec with { Hostname = sent.Spec.Hostname },
        };
        var stored = _store.Create(table, pod);
        return stored.IsDone ? Accept(stored.Object!) : Refuse(StatusErrors.AlreadyExists("", "pods", pod.Metadata.Name));
    }

    private ApiResult<IApiObject> Update(ApiWrite write)
    {
        var table = _tables.Of(write.Kind);
        return _store.Get(table, write.Key) is { } present
            ? Replace(write.Kind, present, table.Form.ToTree(write.Object!), write.Subresource)
            : Refuse(NotFound(write.Kind, write.Key));
    }

    /// <summary>Puts a tree in the place of a stored object, unless it changes nothing; what waited for this only goes.</summary>
    private ApiResult<IApiObject> Replace(ApiKind kind, StoredObject present, JsonObject tree, string subresource)
    {
        var context = Context();
        var request = new WriteRequest
        {
            Resource = _tables.TypeOf(kind),
            Namespace = present.Key.Namespace,
            Name = present.Key.Name,
            Subresource = subresource,
            Body = tree,
        };
        var made = ObjectPipeline.Update(request, present.Tree, context);
        if (!made.Succeeded)
        {
            return Refuse(made.Status);
        }

        if (_services.Allocate(present.Resource, _store, made.Value, isDryRun: false) is { } noAddress)
        {
            return Refuse(noAddress);
        }

        if (JsonNode.DeepEquals(made.Value, present.Tree))
        {
            return Accept(present);
        }

        if (Deletion.IsOver((IApiObject)present.Resource.Form.ToTyped(made.Value)))
        {
            Remove(present.Resource, present.Key);
            return ApiResult.Success(present.Resource.Form.ToTyped(made.Value));
        }

        Charge(context);
        var stored = _store.Update(present.Resource, present.Key, made.Value).Object!;
        _services.Committed(present.Resource, _store, present.Key, isGone: false);
        return Accept(stored);
    }

    private ApiResult<IApiObject> UpdateStatus(ApiWrite write)
    {
        var table = _tables.Of(write.Kind);
        if (_store.Get(table, write.Key) is not { } present)
        {
            return Refuse(NotFound(write.Kind, write.Key));
        }

        var written = write.Object!;
        if (written.Metadata.ResourceVersion is { Length: > 0 } version && version != present.Revision.ToString(CultureInfo.InvariantCulture))
        {
            return Refuse(Conflict(write.Kind, write.Key, "the object has been modified; please apply your changes to the latest version and try again"));
        }

        if (StatusWrites.With(present.Typed, written) is not { } changed)
        {
            return Refuse(NotFound(write.Kind, write.Key));
        }

        if (Deletion.IsOver(changed))
        {
            _store.Delete(table, write.Key);
            return ApiResult.Success(changed);
        }

        return changed.Equals(present.Typed) ? Accept(present) : Accept(_store.Update(table, changed).Object!);
    }

    private ApiResult<IApiObject> Bind(ApiWrite write)
    {
        var table = _tables.Of(write.Kind);
        var wanted = (Pod)write.Object!;
        if (_store.Get(table, write.Key)?.Typed is not Pod pod || (wanted.Metadata.Uid.Length > 0 && wanted.Metadata.Uid != pod.Metadata.Uid))
        {
            return Refuse(NotFound(write.Kind, write.Key));
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            return Refuse(BindingConflict(pod, $"pod {pod.Metadata.Name} is being deleted, cannot be assigned to a host"));
        }

        if (pod.Spec.NodeName.Length > 0)
        {
            return Refuse(BindingConflict(pod, $"pod {pod.Metadata.Name} is already assigned to node \"{pod.Spec.NodeName}\""));
        }

        var bound = pod with
        {
            Spec = pod.Spec with { NodeName = wanted.Spec.NodeName },
            Status = Scheduling.Loop.PodConditions.With(pod.Status, new() { Type = "PodScheduled", Status = "True" }, WholeSecond(_store.UtcNow)),
        };
        return Accept(_store.Update(table, bound).Object!);
    }

    private static ApiStatus BindingConflict(Pod pod, string why) => StatusErrors.Conflict("", "pods/binding", pod.Metadata.Name, why);

    private ApiResult<IApiObject> Patch(ApiWrite write)
    {
        var table = _tables.Of(write.Kind);
        if (_store.Get(table, write.Key) is not { } present)
        {
            return Refuse(NotFound(write.Kind, write.Key));
        }

        var patched = TreePatch.Apply(write.PatchType, _tables.TypeOf(write.Kind), present.CopyTree(), write.Patch);
        return patched.Succeeded ? Replace(write.Kind, present, patched.Value, write.Subresource) : Refuse(patched.Status);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));
}
