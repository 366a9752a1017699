namespace K124.Sim.Networking;

/// <summary>Gives out the node ports of one range.</summary>
public interface INodePortAllocator
{
    /// <summary>The range.</summary>
    NodePortSpan Ports { get; }

    /// <summary>Allocates a certain port.</summary>
    /// <param name="port">The port.</param>
    /// <returns>Done, AlreadyAllocated, OutOfRange, or an error of the store.</returns>
    NodePortResult TryAllocate(int port);

    /// <summary>Allocates any port.</summary>
    /// <returns>The port, Full, or an error of the store.</returns>
    NodePortResult TryAllocateNext();

    /// <summary>Gives a port back; one that is out of range or not allocated changes nothing.</summary>
    /// <param name="port">The port.</param>
    /// <returns>Done, or an error of the store.</returns>
    NodePortResult Release(int port);

    /// <summary>Whether the port is allocated, as far as this allocator knows.</summary>
    /// <param name="port">The port.</param>
    /// <returns>False also for one that is out of range.</returns>
    bool Has(int port);
}
