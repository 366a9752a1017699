namespace K124.Sim.Networking;

/// <summary>A transaction over node ports: what it allocated is given back unless it is committed; what it was asked to
/// release goes only when it is.</summary>
/// <remarks>On a dry run nothing is changed, and the answers are those of 1.24: a port that is neither live nor taken here
/// passes without a check of the range, and the next port is one more than the largest taken here, or 32769.
/// Kubernetes 1.24 pkg/registry/core/service/portallocator operation.</remarks>
public sealed class NodePortOperation
{
    private const int DryRunStart = 32768;

    private readonly INodePortAllocator _allocator;
    private readonly bool _isDryRun;
    private readonly List<int> _allocated = [];
    private readonly List<int> _toRelease = [];
    private bool _isOver;

    /// <summary>Starts a transaction.</summary>
    /// <param name="allocator">The live allocator.</param>
    /// <param name="dryRun">Whether nothing is to be changed.</param>
    public NodePortOperation(INodePortAllocator allocator, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        _allocator = allocator;
        _isDryRun = dryRun;
    }

    /// <summary>Allocates a certain port.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The outcome.</returns>
    public NodePortResult TryAllocate(int port)
    {
        if (_isDryRun)
        {
            return _allocator.Has(port) || _allocated.Contains(port)
                ? NodePortResult.Of(AllocationStatus.AlreadyAllocated, port)
                : Record(NodePortResult.Ok(port));
        }

        return Record(_allocator.TryAllocate(port));
    }

    /// <summary>Allocates any port.</summary>
    /// <returns>The outcome.</returns>
    public NodePortResult TryAllocateNext()
    {
        if (_isDryRun)
        {
            var largest = _allocated.Count == 0 ? DryRunStart : _allocated.Max();
            return Record(NodePortResult.Ok(largest + 1));
        }

        return Record(_allocator.TryAllocateNext());
    }

    /// <summary>Releases a port when the transaction is committed.</summary>
    /// <param name="port">The port.</param>
    public void ReleaseDeferred(int port) => _toRelease.Add(port);

    /// <summary>Keeps what was allocated, and releases what was to be released.</summary>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public void Commit()
    {
        End();
        ReleaseAll(_toRelease);
    }

    /// <summary>Gives back what was allocated.</summary>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public void Rollback()
    {
        End();
        ReleaseAll(_allocated);
    }

    private NodePortResult Record(NodePortResult result)
    {
        if (result.Succeeded)
        {
            _allocated.Add(result.Port);
        }

        return result;
    }

    // 1.24 logs a release that fails and leaves the port to the repair loop.
    private void ReleaseAll(List<int> ports)
    {
        if (!_isDryRun)
        {
            foreach (var port in ports)
            {
                _allocator.Release(port);
            }
        }
    }

    private void End()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The transaction is over.");
        }

        _isOver = true;
    }
}
