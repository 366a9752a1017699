using System.Collections.Immutable;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Networking.Internal;
using K124.Sim.Text;

namespace K124.Sim.Networking;

/// <summary>Creates, replaces and deletes Services as an API server of 1.24 does: allocates their cluster IPs and node ports,
/// and gives them back when a later step fails.</summary>
/// <remarks>Allocation comes before validation, so an allocator's error hides those of validation. Validated is the
/// specification; not the metadata. Not thread-safe.
/// Kubernetes 1.24 pkg/registry/core/service/storage.</remarks>
public sealed class ServiceRegistry
{
    private readonly ServiceAllocators _allocators;
    private readonly ServiceFamilies _families;
    private readonly SortedDictionary<ObjectKey, Service> _services = [];
    private readonly TimeProvider? _clock;

    /// <summary>Starts a registry without Services.</summary>
    /// <param name="primary">Allocator of the primary block; its family is the cluster's default.</param>
    /// <param name="secondary">Allocator of the secondary block, of the other family; null for a single-stack cluster.</param>
    /// <param name="nodePorts">Allocator of node ports; null for a new one over 30000-32767.</param>
    /// <param name="random">Where the order in which families are tried is drawn from; null for a <see cref="SeededRandom"/> of seed 0.</param>
    /// <param name="clock">Tells when a Service that waits for its finalizers was deleted; null for a clock that stands at the start of 1970.</param>
    /// <exception cref="ArgumentException">Both blocks are of one family.</exception>
    public ServiceRegistry(
        IServiceIPAllocator primary, IServiceIPAllocator? secondary = null, INodePortAllocator? nodePorts = null, IRandomSource? random = null,
        TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(primary);
        if (secondary?.Cidr.Family == primary.Cidr.Family)
        {
            throw new ArgumentException("The secondary block is of the primary one's family.", nameof(secondary));
        }

        random ??= new SeededRandom(0);
        _allocators = new(primary, secondary, nodePorts ?? new NodePortRange(random: random), random);
        _families = new(_allocators.Families);
        _clock = clock;
    }

    /// <summary>Every Service, by namespace, then name.</summary>
    public IEnumerable<Service> Services => _services.Values;

    /// <summary>The Service with the given key, or null.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The Service, or null if there is none.</returns>
    public Service? Find(ObjectKey key) => _services.GetValueOrDefault(key);

    /// <summary>Takes over Services that exist already, with the addresses and ports that they hold.</summary>
    /// <param name="services">The Services.</param>
    /// <returns>What could not be taken over: addresses and ports that another holds, or that no range has.</returns>
    public ImmutableArray<string> Restore(IEnumerable<Service> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var service in services.OrderBy(ObjectKey.Of))
        {
            var key = ObjectKey.Of(service);
            _services[key] = service with { Spec = ServiceDefaults.OnRead(ServiceDefaults.OfRequest(service.Spec), _families.Default) };
            var spec = _services[key].Spec;
            if (spec.Type != ServiceSpecs.ExternalName && !spec.IsHeadless())
            {
                foreach (var text in spec.ClusterIPs)
                {
                    var message = !ServiceIP.TryParse(text, out var address) ? "no address"
                        : _allocators.OfFamily(address.Family.ToString()) is not { } allocator ? "no block of its family"
                        : allocator.TryAllocate(address).Message;
                    Note(key, text, message);
                }
            }

            foreach (var port in NodePortRepair.PortsOf(service).Distinct())
            {
                Note(key, $"node port {port}", _allocators.NodePorts.TryAllocate(port).Message);
            }
        }

        return problems.ToImmutable();

        void Note(ObjectKey key, string what, string message)
        {
            if (message.Length > 0)
            {
                problems.Add($"Service {key}: {what}: {message}");
            }
        }
    }

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
        var error = transaction.Create(ref spec) ?? Validate(spec, key.Name)
            ?? (Find(key) is { } existing ? ServiceError.AlreadyExists(key.Name, isBeingDeleted: existing.Metadata.DeletionTimestamp is not null) : null);
        var metadata = service.Metadata with { DeletionTimestamp = null, DeletionGracePeriodSeconds = null };
        return Finish(transaction, error, service with { Metadata = metadata, Status = new() }, spec, dryRun);
    }

    /// <summary>Replaces a Service, or creates it if there is none. One that is being deleted goes with its last finalizer, and gives back its
    /// addresses and ports.</summary>
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
            error = Validate(spec, old, service.Metadata, existing.Metadata);
        }

        var metadata = service.Metadata with
        {
            DeletionTimestamp = existing.Metadata.DeletionTimestamp,
            DeletionGracePeriodSeconds = existing.Metadata.DeletionGracePeriodSeconds,
        };
        var result = Finish(transaction, error, service with { Metadata = metadata, Status = existing.Status }, spec, dryRun);
        if (result.Service is { Metadata: { DeletionTimestamp: not null, Finalizers.IsEmpty: true } } && !dryRun)
        {
            Remove(key);
        }

        return result;
    }

    /// <summary>Deletes a Service, and gives back its addresses and ports; one with finalizers is only marked, and keeps them.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <param name="dryRun">Whether nothing is to be changed.</param>
    /// <returns>The Service that was deleted or, with a deletion timestamp, waits for its finalizers; or NotFound.</returns>
    public ServiceResult Delete(ObjectKey key, bool dryRun = false)
    {
        if (Find(key) is not { } service)
        {
            return new(null, ServiceError.NotFound(key.Name));
        }

        if (!service.Metadata.Finalizers.IsEmpty)
        {
            return new(Mark(service, dryRun), null);
        }

        if (!dryRun)
        {
            Remove(key);
        }

        return new(service, null);
    }

    private Service Mark(Service service, bool dryRun)
    {
        if (service.Metadata.DeletionTimestamp is not null)
        {
            return service;
        }

        var now = _clock?.GetUtcNow() ?? DateTimeOffset.UnixEpoch;
        var marked = service with
        {
            Metadata = service.Metadata with { DeletionTimestamp = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), DeletionGracePeriodSeconds = 0 },
        };
        if (!dryRun)
        {
            _services[ObjectKey.Of(marked)] = marked;
        }

        return marked;
    }

    private void Remove(ObjectKey key)
    {
        _services.Remove(key, out var service);
        Release(ServiceDefaults.OnRead(service!.Spec, _families.Default));
    }

    /// <summary>Validates an update; what is being deleted takes no further finalizer.</summary>
    private static ServiceError? Validate(ServiceSpec spec, ServiceSpec old, ObjectMeta metadata, ObjectMeta existing)
    {
        var errors = new FieldErrors();
        string[] added = existing.DeletionTimestamp is null ? [] : [.. metadata.Finalizers.Except(existing.Finalizers, StringComparer.Ordinal)];
        if (added.Length > 0)
        {
            errors.Forbidden("metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers {GoText.Strings([.. added])}");
        }

        ServiceValidation.CheckUpdate(spec, old, errors);
        ServiceValidation.Check(spec, errors);
        return ServiceError.Invalid(metadata.Name, errors);
    }

    private static ServiceError? Validate(ServiceSpec spec, string name)
    {
        var errors = new FieldErrors();
        ServiceValidation.Check(spec, errors);
        return ServiceError.Invalid(name, errors);
    }

    private ServiceError? Resolve(ref ServiceSpec spec, ServiceSpec? old, string name)
    {
        var errors = new FieldErrors();
        spec = _families.Resolve(spec, old, errors);
        return ServiceError.Invalid(name, errors);
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
