using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>A node-port range in memory, as one API server of 1.24 keeps it; node ports have no bands in 1.24.</summary>
/// <remarks>Not thread-safe. Kubernetes 1.24 pkg/registry/core/service/portallocator.</remarks>
public sealed class NodePortRange : INodePortAllocator
{
    private readonly OffsetAllocator _offsets;

    /// <summary>Makes an empty range.</summary>
    /// <param name="ports">The ports; null for 30000-32767.</param>
    /// <param name="random">Where draws come from, each below the number of ports; null for a <see cref="SeededRandom"/> of seed 0.</param>
    public NodePortRange(NodePortSpan? ports = null, IRandomSource? random = null)
    {
        Ports = ports ?? NodePortSpan.Default;
        _offsets = new(Ports.Count, staticBandSize: 0, fallbackDuplicates: false, random ?? new SeededRandom(0));
    }

    /// <inheritdoc/>
    public NodePortSpan Ports { get; }

    /// <summary>The allocator's count of allocated ports, restored bits beyond the range included.</summary>
    public long Used => _offsets.Used;

    /// <summary>Ports less <see cref="Used"/>; negative after a restore of too much data.</summary>
    public long Free => _offsets.Free;

    internal OffsetAllocator Offsets => _offsets;

    /// <inheritdoc/>
    public NodePortResult TryAllocate(int port) =>
        !Ports.Contains(port) ? NodePortResult.Of(AllocationStatus.OutOfRange, port, Ports.ToString())
        : _offsets.TryTake(port - Ports.First) ? NodePortResult.Ok(port)
        : NodePortResult.Of(AllocationStatus.AlreadyAllocated, port);

    /// <inheritdoc/>
    public NodePortResult TryAllocateNext() => _offsets.Draw(out var offset) == DrawOutcome.Taken
        ? NodePortResult.Ok(Ports.First + offset)
        : NodePortResult.Of(AllocationStatus.Full, 0);

    /// <inheritdoc/>
    public NodePortResult Release(int port)
    {
        if (Ports.Contains(port))
        {
            _offsets.Release(port - Ports.First);
        }

        return NodePortResult.Ok(port);
    }

    /// <inheritdoc/>
    public bool Has(int port) => Ports.Contains(port) && _offsets.Has(port - Ports.First);

    /// <summary>Every allocated port, ascending; restored bits beyond the range included.</summary>
    /// <returns>The ports.</returns>
    public IEnumerable<int> Allocated() => _offsets.TakenOffsets().Select(offset => Ports.First + offset);

    /// <summary>The stored form.</summary>
    /// <returns>The form, without a version.</returns>
    public RangeAllocation Snapshot() => new() { Range = Ports.ToString(), Data = _offsets.Snapshot() };

    /// <summary>Takes over a stored form, counting anew; any data is accepted.</summary>
    /// <param name="snapshot">The form.</param>
    /// <returns>Done or RangeMismatch; on failure nothing has changed.</returns>
    public NodePortResult TryRestore(RangeAllocation snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Range != Ports.ToString())
        {
            return NodePortResult.Of(AllocationStatus.RangeMismatch, 0, AllocationMessages.MismatchedPorts);
        }

        _offsets.Restore(snapshot.Data.AsSpan());
        return NodePortResult.Ok(0);
    }
}
