using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Gives services their addresses and ports. What is taken is read off the stored services, so a fork starts with nothing of its own.</summary>
internal sealed class ServiceAddresses(string range, ulong seed)
{
    private ServiceRegistry? _registry;
    private ObjectStore? _store;
    private long _position;

    /// <summary>The same range for a fork of the store.</summary>
    public ServiceAddresses Fork() => new(range, seed);

    /// <summary>Completes a service that is made or changed; other objects are left alone.</summary>
    /// <param name="resource">The resource of the object, as stored.</param>
    /// <param name="store">The store.</param>
    /// <param name="tree">The object; its spec is replaced.</param>
    /// <param name="isDryRun">Whether nothing is taken.</param>
    /// <returns>Why it cannot be; null if it can.</returns>
    public ApiStatus? Allocate(StoreResource resource, ObjectStore store, JsonObject tree, bool isDryRun)
    {
        if (!IsService(resource))
        {
            return null;
        }

        var registry = Registry(store, resource);
        var sent = (Service)resource.Form.ToTyped(tree);
        var result = registry.Find(ObjectKey.Of(sent)) is null ? registry.Create(sent, isDryRun) : registry.Update(sent, isDryRun);
        if (result.Error is { } error)
        {
            return Status(error, sent.Metadata.Name);
        }

        tree["spec"] = resource.Form.ToTree(result.Service!)["spec"]!.DeepClone();
        return null;
    }

    /// <summary>Takes notice that a service was written or removed through this server.</summary>
    public void Committed(StoreResource resource, ObjectStore store, ObjectKey key, bool isGone)
    {
        if (!IsService(resource) || _registry is null)
        {
            return;
        }

        if (isGone)
        {
            _registry.Delete(key);
        }

        _position = store.Table(resource).LogEnd;
    }

    private static bool IsService(StoreResource resource) => resource.Id is { Group: "", Plural: "services" };

    private ServiceRegistry Registry(ObjectStore store, StoreResource services)
    {
        var end = store.Table(services).LogEnd;
        if (_registry is null || !ReferenceEquals(_store, store) || _position != end)
        {
            var random = new SeededRandom(seed);
            _registry = new(new ServiceIPRange(range, new() { Random = random }), random: random);
            _registry.Restore(store.List(services).Select(static item => item.As<Service>()));
            _store = store;
            _position = end;
        }

        return _registry;
    }

    private static ApiStatus Status(ServiceError error, string name) => new()
    {
        Code = error.Code,
        Reason = error.Reason,
        Message = error.Message,
        Details = error.Reason switch
        {
            "Invalid" => new() { Name = name, Kind = "Service", Causes = [.. error.Causes.Select(cause => new ApiStatusCause(cause.Reason, cause.Message, cause.Field))] },
            "InternalError" => new() { Causes = [.. error.Causes.Select(cause => new ApiStatusCause(cause.Reason, cause.Message, cause.Field))] },
            "" => null,
            _ => new() { Name = name, Kind = "services" },
        },
    };
}
