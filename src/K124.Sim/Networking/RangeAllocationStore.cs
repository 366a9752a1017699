using System.Globalization;

namespace K124.Sim.Networking;

/// <summary>A store in memory: one object under optimistic concurrency, its versions counting up from 1.</summary>
public sealed class RangeAllocationStore : IRangeAllocationStore
{
    private long _version;

    /// <summary>Makes a store.</summary>
    /// <param name="initial">The object it holds at first; null for none.</param>
    public RangeAllocationStore(RangeAllocation? initial = null)
    {
        if (initial is not null)
        {
            Put(initial);
        }
    }

    /// <summary>The object, with its version; null if there is none.</summary>
    public RangeAllocation? Current { get; private set; }

    /// <inheritdoc/>
    public StoreReply Read() => new(StoreStatus.Done, Current);

    /// <inheritdoc/>
    public StoreReply TryWrite(string expectedVersion, RangeAllocation desired)
    {
        ArgumentNullException.ThrowIfNull(desired);
        if ((Current?.ResourceVersion ?? "") != expectedVersion)
        {
            return new(StoreStatus.Conflict, Current);
        }

        Put(desired);
        return new(StoreStatus.Done, Current);
    }

    /// <summary>Writes the object whatever its version is.</summary>
    /// <param name="allocation">Range and data to store.</param>
    public void Put(RangeAllocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        Current = allocation with { ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture) };
    }
}
