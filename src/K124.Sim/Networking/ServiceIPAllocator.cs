using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>The cluster-IP allocator of one API server, sharing a stored object with those of other servers.</summary>
/// <remarks>An allocation stands once its compare-and-swap has succeeded, so no address is handed out twice however many servers
/// there are. Questions are answered from this server's memory and may be stale. A server that crashes is one that is
/// dropped; a new one over the same store takes its place. Not thread-safe. Kubernetes 1.24
/// pkg/registry/core/service/allocator/storage.</remarks>
public sealed class ServiceIPAllocator : IServiceIPAllocator
{
    private readonly StoredAllocator _stored;
    private readonly ServiceIPMetrics.Series? _series;

    /// <summary>Starts a server's allocator; its memory is empty until the first operation.</summary>
    /// <param name="cidr">The block this server is configured with.</param>
    /// <param name="store">The shared object.</param>
    /// <param name="options">How it allocates; null for the defaults of 1.24.</param>
    public ServiceIPAllocator(ServiceCidr cidr, IRangeAllocationStore store, ServiceIPRangeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var range = new ServiceIPRange(cidr, options);
        Cidr = cidr;
        _series = range.Metrics;
        _stored = new(range.Offsets, cidr.ToString(), "serviceipallocations", store);
    }

    /// <inheritdoc/>
    public ServiceCidr Cidr { get; }

    /// <summary>Allocated addresses in this server's memory.</summary>
    public long Used => _stored.Memory.Used;

    /// <summary>Free addresses in this server's memory.</summary>
    public long Free => _stored.Memory.Free;

    internal StoredAllocator Stored => _stored;

    /// <inheritdoc/>
    public ServiceIPResult TryAllocate(ServiceIP address)
    {
        var (rejected, operation) = BeginAllocate(address);
        return operation is null ? rejected : EndAllocate(address, operation);
    }

    /// <inheritdoc/>
    public ServiceIPResult TryAllocateNext()
    {
        var offset = -1;
        var operation = BeginAllocateNext(drawn => offset = drawn);
        operation.RunToEnd();
        return EndAllocateNext(offset, operation);
    }

    /// <inheritdoc/>
    public ServiceIPResult Release(ServiceIP address)
    {
        if (BeginRelease(address) is not { } operation)
        {
            return ServiceIPResult.Ok(address);
        }

        operation.RunToEnd();
        return EndRelease(address, operation);
    }

    /// <inheritdoc/>
    public bool Has(ServiceIP address) => Cidr.TryGetOffset(address, out var offset) && _stored.Memory.Has(offset);

    /// <summary>Every address that is allocated in this server's memory, ascending.</summary>
    /// <returns>The addresses; null for a stored bit whose address leaves the block.</returns>
    public IEnumerable<ServiceIP?> Allocated() => _stored.Memory.TakenOffsets().Select(offset => Cidr.AtOrNull(offset));

    /// <inheritdoc/>
    public IServiceIPAllocator DryRun() => new DryRunServiceIPAllocator(this, _series);

    /// <summary>Reads the shared object.</summary>
    /// <returns>The store's answer.</returns>
    public StoreReply Read() => _stored.Read();

    /// <summary>Replaces the shared object, as the repair loop does: only if it still has the snapshot's version.</summary>
    /// <param name="snapshot">What to store, with the version that was read; an empty version if there was no object.</param>
    /// <returns>Done, Conflict, RangeMismatch (stored, but of another block than this server's), or StoreFailure.</returns>
    public ServiceIPResult CreateOrUpdate(RangeAllocation snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var operation = BeginCreateOrUpdate(snapshot);
        operation.RunToEnd();
        return EndCreateOrUpdate(snapshot, operation);
    }

    internal (ServiceIPResult Rejected, StoreOperation? Operation) BeginAllocate(ServiceIP address)
    {
        if (Cidr.TryGetOffset(address, out var offset))
        {
            return (default, _stored.BeginTake(offset));
        }

        _series?.CountError(isStatic: true);
        return (ServiceIPResult.OutOfRange(address, Cidr), null);
    }

    internal ServiceIPResult EndAllocate(ServiceIP address, StoreOperation operation)
    {
        operation.RunToEnd();
        return Count(ServiceIPResult.Of(operation.Status, address, operation.Message), isStatic: true);
    }

    internal StoreOperation BeginAllocateNext(Action<int> drawn) => _stored.BeginDraw(drawn);

    internal ServiceIPResult EndAllocateNext(int offset, StoreOperation operation) => Count(
        ServiceIPResult.Of(operation.Status, operation.Status == AllocationStatus.Done ? Cidr.At(offset) : null, operation.Message),
        isStatic: false);

    internal StoreOperation? BeginRelease(ServiceIP address) => Cidr.TryGetOffset(address, out var offset) ? _stored.BeginRelease(offset) : null;

    internal ServiceIPResult EndRelease(ServiceIP address, StoreOperation operation)
    {
        if (operation.Status == AllocationStatus.Done)
        {
            _series?.SetGauges(Used, Free);
        }

        return ServiceIPResult.Of(operation.Status, address, operation.Message);
    }

    internal StoreOperation BeginCreateOrUpdate(RangeAllocation snapshot) => _stored.BeginCreateOrUpdate(snapshot);

    internal ServiceIPResult EndCreateOrUpdate(RangeAllocation snapshot, StoreOperation operation)
    {
        if (operation.Status != AllocationStatus.Done)
        {
            return ServiceIPResult.Of(operation.Status, default, operation.Message);
        }

        var adopted = _stored.Adopt(snapshot);
        return ServiceIPResult.Of(adopted, default, adopted == AllocationStatus.Done ? "" : AllocationMessages.MismatchedRange);
    }

    private ServiceIPResult Count(ServiceIPResult result, bool isStatic)
    {
        if (result.Succeeded)
        {
            _series?.CountAllocation(isStatic, Used, Free);
        }
        else if (result.Status != AllocationStatus.Panic)
        {
            _series?.CountError(isStatic);
        }

        return result;
    }
}
