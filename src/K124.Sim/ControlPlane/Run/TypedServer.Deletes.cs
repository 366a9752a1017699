using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

internal sealed partial class TypedServer
{
    private ApiResult<IApiObject> Delete(ApiKind kind, ObjectKey key, DeleteOptions options)
    {
        var table = _tables.Of(kind);
        if (_store.Get(table, key) is not { } present)
        {
            return Refuse(NotFound(kind, key));
        }

        var item = present.Typed;
        if (DeletionRules.PreconditionProblem(options.Uid, item.Metadata.Uid, options.ResourceVersion, item.Metadata.ResourceVersion) is { } problem)
        {
            return Refuse(Precondition(kind, key, problem));
        }

        // No plugin looks at the deletion of a pod.
        if (item is not Pod && Admit(kind, present) is { } refusal)
        {
            return Refuse(refusal);
        }

        var deletion = Deletion.Of(item, options, _store.UtcNow);
        if (deletion.Marked is { } marked)
        {
            item = item is Namespace space
                ? space with { Metadata = marked, Status = space.Status with { Phase = "Terminating" } }
                : item.With(item.ApiVersion, marked);
            item = _store.Update(table, item).Object!.Typed;
        }

        if (deletion.Removes)
        {
            Remove(table, key);
        }

        return ApiResult.Success(item);
    }

    private void Remove(StoreResource table, ObjectKey key)
    {
        _store.Delete(table, key);
        _services.Committed(table, _store, key, isGone: true);
    }

    private ApiStatus? Admit(ApiKind kind, StoredObject present)
    {
        var request = new AdmissionRequest
        {
            Operation = AdmissionOperation.Delete,
            Resource = _tables.TypeOf(kind),
            Namespace = present.Key.Namespace,
            Name = present.Key.Name,
            Object = null,
            OldObject = present.Tree,
            Context = Context(),
        };
        return _admission.Mutate(request) ?? _admission.Validate(request)
            ?? (KindStrategies.For(request.Resource).DeletionProblem(present.Tree) is { } why
                ? StatusErrors.Forbidden(request.Resource.Group, request.Resource.Plural, request.Name, why)
                : null);
    }

    private ApiResult<IApiObject> DeleteCollection(ApiWrite write)
    {
        IApiObject? last = null;
        foreach (var key in _store.List(_tables.Of(write.Kind), write.Key.Namespace).Select(static item => item.Key).ToArray())
        {
            var result = Delete(write.Kind, key, write.Options ?? NoOptions);
            if (!result.Succeeded && result.Status.Code != 404)
            {
                return result;
            }

            last = result.Value ?? last;
        }

        return last is null ? Refuse(NotFound(write.Kind, write.Key)) : ApiResult.Success(last);
    }

    private ApiStatus Precondition(ApiKind kind, ObjectKey key, string why)
    {
        var type = _tables.TypeOf(kind);
        return StatusErrors.Conflict(type.Group, type.Kind, key.Name, why);
    }

    /// <summary>Writes down what quotas are charged with.</summary>
    private void Charge(KindContext context)
    {
        foreach (var charge in context.QuotaCharges)
        {
            var table = _tables.Of(ApiKind.Of<ResourceQuota>());
            if (_store.Get(table, new(charge.Namespace, charge.Name)) is { } quota)
            {
                var tree = quota.CopyTree();
                var used = tree["status"]?["used"] as JsonObject ?? [];
                foreach (var (resource, amount) in charge.Used)
                {
                    used[resource] = amount;
                }

                _store.Update(table, quota.Key, tree);
            }
        }
    }
}
