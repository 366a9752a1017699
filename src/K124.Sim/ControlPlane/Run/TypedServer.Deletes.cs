using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
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
        if (options.Uid is { } uid && uid != item.Metadata.Uid)
        {
            return Refuse(Precondition(kind, key, $"the UID in the precondition ({uid}) does not match the UID in record ({item.Metadata.Uid}). The object might have been deleted and then recreated"));
        }

        if (options.ResourceVersion is { } version && version != item.Metadata.ResourceVersion)
        {
            return Refuse(Precondition(kind, key, $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({item.Metadata.ResourceVersion}). The object might have been modified"));
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
            _store.Delete(table, key);
        }

        return ApiResult.Success(item);
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
