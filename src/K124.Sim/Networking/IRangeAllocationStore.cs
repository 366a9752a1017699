namespace K124.Sim.Networking;

/// <summary>Where API servers share one <see cref="RangeAllocation"/>: one key of etcd.</summary>
/// <remarks>Wrap one to inject faults: a reply that is lost, a write that fails, another writer in between.</remarks>
public interface IRangeAllocationStore
{
    /// <summary>Reads the object; linearizable.</summary>
    /// <returns>Done with the object or null, or Failed.</returns>
    StoreReply Read();

    /// <summary>Writes the object if its version is still the expected one.</summary>
    /// <param name="expectedVersion">Version that was read; empty if there was no object.</param>
    /// <param name="desired">Range and data to store; its version is ignored.</param>
    /// <returns>Done with the object as stored, Conflict with the object as it is, or Failed.</returns>
    StoreReply TryWrite(string expectedVersion, RangeAllocation desired);
}
