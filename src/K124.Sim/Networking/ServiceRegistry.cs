using K124.Sim.Model;
using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>Creates, replaces and deletes Services as an API server of 1.24 does: allocates their cluster IPs and node ports,
/// and gives them back when a later step fails.</summary>
/// <remarks>Allocation comes before validation, so an allocator's error hides those of validation. Validated are types,
/// addresses, families, policies and node ports; not names, labels or the syntax of ports. Not thread-safe.
/// Kubernetes 1.24 pkg/registry/core/service/storage.</remarks>
public sealed class ServiceRegistry
{
    private readonly ServiceAllocators _allocators;
    private readonly ServiceFamilies _families;
    private readonly SortedDictionary<ObjectKey, Service> _services = [];

    /// <summary>Starts a registry without Services.</summary>
    /// <param name="primary">Allocator of the primary block; its family is the cluster's default.</param>
    /// <param name="secondary">Allocator of the secondary block, of the other family; null for a single-stack cluster.</param>
    /// <param name="nodePorts">Allocator of node ports; null for a new one over 30000-32767.</param>
    /// <param name="random">Where the order in which families are tried is drawn from; null for a <see cref="SeededRandom"/> of seed 0.</param>
    /// <exception cref="ArgumentException">Both blocks are of one family.</exception>
    public ServiceRegistry(
        IServiceIPAllocator primary, IServiceIPAllocator? secondary = null, INodePortAllocator? nodePorts = null, IRandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(primary);
        if (secondary?.Cidr.Family == primary.Cidr.Family)
        {
            throw new ArgumentException("The secondary block is of the primary one's family.", nameof(secondary));
        }

        random ??= new SeededRandom(0);
        _allocators = new(primary, secondary, nodePorts ?? new NodePortRange(random: random), random);
        _families = new(_allocators.Families);
    }

    /// <summary>Every Service, by namespace, then name.</summary>
    public IEnumerable<Service> Services => _services.Values;

    /// <summary>The Service with the given key, or null.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The Service, or null if there is none.</returns>
    public Service? Find(ObjectKey key) => _services.GetValueOrDefault(key);

    /// <summary>Creates a Service.</summary>
    /// <param name="service">The manifest as sent.</param>
    /// <param name="dryRun">Whether nothing is to be changed.</param>
    /// <returns>The Service as created, or why it was rejected.</returns>
    public ServiceResult Create(Service service, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(service);
        var key = ObjectKey.Of(service);
        var spec = ServiceDefaults.NormalizeClusterIPs(ServiceDefaults.OfRequest(service.Spec), old: null);
        if (Resolve(ref spec, null, key.Name) is { } familyError)
        {
            return new(null, familyError);
        }

        var transaction = new ServiceTransaction(_allocators, dryRun, key.Name);
        var error = transaction.Create(ref spec) ?? Validate(spec, null, key.Name)
            ?? (_services.ContainsKey(key) ? ServiceError.AlreadyExists(key.Name) : null);
        return Finish(transaction, error, service with { Status = new() }, spec, dryRun);
    }

    /// <summary>Replaces a Service, or creates it if there is none.</summary>
    /// <param name="service">The manifest as sent.</param>
    /// <param name="dryRun">Whether nothing is to be changed.</param>
    /// <returns>The Service as replaced, or why it was rejected.</returns>
    public ServiceResult Update(Service service, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(service);
        var key = ObjectKey.Of(service);
        if (Find(key) is not { } existing)
        {
            return Create(service, dryRun);
        }

        var old = ServiceDefaults.OnRead(existing.Spec, _families.Default);
        var spec = ServiceDefaults.CopyAllocated(ServiceDefaults.OfRequest(service.Spec), old);
        spec = ServiceDefaults.NormalizeClusterIPs(spec, old);
        if (Resolve(ref spec, old, key.Name) is { } familyError)
        {
            return new(null, familyError);
        }

        var transaction = new ServiceTransaction(_allocators, dryRun, key.Name);
        var error = transaction.Update(ref spec, old);
        if (error is null)
        {
            spec = ServiceDefaults.DropTypeDependent(spec, old);
            error = Validate(spec, old, key.Name);
        }

        return Finish(transaction, error, service with { Status = existing.Status }, spec, dryRun);
    }

    /// <summary>Deletes a Service, and gives back its addresses and ports.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <param name="dryRun">Whether nothing is to be changed.</param>
    /// <returns>The Service that was deleted, or NotFound.</returns>
    public ServiceResult Delete(ObjectKey key, bool dryRun = false)
    {
        if (Find(key) is not { } service)
        {
            return new(null, ServiceError.NotFound(key.Name));
        }

        if (!dryRun)
        {
            _services.Remove(key);
            Release(ServiceDefaults.OnRead(service.Spec, _families.Default));
        }

        return new(service, null);
    }

    private static ServiceError? Validate(ServiceSpec spec, ServiceSpec? old, string name)
    {
        var errors = new FieldErrors();
        if (old is not null)
        {
            ServiceValidation.CheckUpdate(spec, old, errors);
        }

        ServiceValidation.Check(spec, errors);
        return errors.ToError(name);
    }

    private ServiceError? Resolve(ref ServiceSpec spec, ServiceSpec? old, string name)
    {
        var errors = new FieldErrors();
        spec = _families.Resolve(spec, old, errors);
        return errors.ToError(name);
    }

    private ServiceResult Finish(ServiceTransaction transaction, ServiceError? error, Service service, ServiceSpec spec, bool dryRun)
    {
        if (error is not null)
        {
            transaction.Revert();
            return new(null, error);
        }

        var stored = service with { Spec = ServiceDefaults.OnRead(spec, _families.Default) };
        if (!dryRun)
        {
            _services[ObjectKey.Of(stored)] = stored;
        }

        transaction.Commit();
        return new(stored, null);
    }

    private void Release(ServiceSpec spec)
    {
        if (spec.Type != ServiceSpecs.ExternalName && !spec.IsHeadless())
        {
            _allocators.Release(spec.IPFamilies.Zip(spec.ClusterIPs));
        }

        foreach (var port in spec.NodePorts().Distinct())
        {
            _allocators.NodePorts.Release(port);
        }

        if (spec.NeedsHealthCheck() && spec.HealthCheckNodePort > 0)
        {
            _allocators.NodePorts.Release(spec.HealthCheckNodePort);
        }
    }
}
