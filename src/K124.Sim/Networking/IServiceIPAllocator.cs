namespace K124.Sim.Networking;

/// <summary>Gives out the cluster IPs of one block.</summary>
public interface IServiceIPAllocator
{
    /// <summary>The block.</summary>
    ServiceCidr Cidr { get; }

    /// <summary>Allocates a certain address, from either band.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Done, AlreadyAllocated, OutOfRange, or an error of the store.</returns>
    ServiceIPResult TryAllocate(ServiceIP address);

    /// <summary>Allocates any address: from the dynamic band, or from the static band once that is full.</summary>
    /// <returns>The address, Full, Panic, or an error of the store.</returns>
    ServiceIPResult TryAllocateNext();

    /// <summary>Gives an address back; one that is out of range or not allocated changes nothing.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Done, or an error of the store.</returns>
    ServiceIPResult Release(ServiceIP address);

    /// <summary>Whether the address is allocated, as far as this allocator knows.</summary>
    /// <param name="address">The address.</param>
    /// <returns>False also for one that is out of range.</returns>
    bool Has(ServiceIP address);

    /// <summary>A view that answers as a request with <c>dryRun: All</c> is answered, and changes nothing.</summary>
    /// <returns>The view.</returns>
    IServiceIPAllocator DryRun();
}
