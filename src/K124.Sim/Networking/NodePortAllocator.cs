using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>The node-port allocator of one API server, sharing a stored object with those of other servers.</summary>
/// <remarks>The twin of <see cref="ServiceIPAllocator"/>. Not thread-safe. Kubernetes 1.24
/// pkg/registry/core/service/portallocator and allocator/storage.</remarks>
public sealed class NodePortAllocator : INodePortAllocator
{
    private readonly StoredAllocator _stored;

    /// <summary>Starts a server's allocator; its memory is empty until the first operation.</summary>
    /// <param name="ports">The ports this server is configured with.</param>
    /// <param name="store">The shared object.</param>
    /// <param name="random">Where draws come from; null for a <see cref="SeededRandom"/> of seed 0.</param>
    public NodePortAllocator(NodePortSpan ports, IRangeAllocationStore store, IRandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(store);
        Ports = ports;
        _stored = new(new NodePortRange(ports, random).Offsets, ports.ToString(), "servicenodeportallocations", store);
    }

    /// <inheritdoc/>
    public NodePortSpan Ports { get; }

    /// <summary>Allocated ports in this server's memory.</summary>
    public long Used => _stored.Memory.Used;

    /// <summary>Free ports in this server's memory.</summary>
    public long Free => _stored.Memory.Free;

    /// <inheritdoc/>
    public NodePortResult TryAllocate(int port) => Ports.Contains(port)
        ? End(port, _stored.BeginTake(port - Ports.First))
        : NodePortResult.Of(AllocationStatus.OutOfRange, port, Ports.ToString());

    /// <inheritdoc/>
    public NodePortResult TryAllocateNext()
    {
        var offset = 0;
        var operation = _stored.BeginDraw(drawn => offset = drawn);
        operation.RunToEnd();
        return End(operation.Status == AllocationStatus.Done ? Ports.First + offset : 0, operation);
    }

    /// <inheritdoc/>
    public NodePortResult Release(int port) => Ports.Contains(port)
        ? End(port, _stored.BeginRelease(port - Ports.First))
        : NodePortResult.Ok(port);

    /// <inheritdoc/>
    public bool Has(int port) => Ports.Contains(port) && _stored.Memory.Has(port - Ports.First);

    /// <summary>Reads the shared object.</summary>
    /// <returns>The store's answer.</returns>
    public StoreReply Read() => _stored.Read();

    /// <summary>Replaces the shared object, as the repair loop does: only if it still has the snapshot's version.</summary>
    /// <param name="snapshot">What to store, with the version that was read; an empty version if there was no object.</param>
    /// <returns>Done, Conflict, RangeMismatch (stored, but of other ports than this server's), or StoreFailure.</returns>
    public NodePortResult CreateOrUpdate(RangeAllocation snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var operation = _stored.BeginCreateOrUpdate(snapshot);
        operation.RunToEnd();
        if (operation.Status != AllocationStatus.Done)
        {
            return NodePortResult.Of(operation.Status, 0, operation.Message);
        }

        var adopted = _stored.Adopt(snapshot);
        return NodePortResult.Of(adopted, 0, adopted == AllocationStatus.Done ? "" : AllocationMessages.MismatchedRange);
    }

    private static NodePortResult End(int port, StoreOperation operation)
    {
        operation.RunToEnd();
        return NodePortResult.Of(operation.Status, port, operation.Message);
    }
}
