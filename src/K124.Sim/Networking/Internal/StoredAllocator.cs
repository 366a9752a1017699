namespace K124.Sim.Networking.Internal;

/// <summary>One API server's allocator over the shared object: its own memory, refreshed whenever the version is not the one
/// it last saw.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/service/allocator/storage.</remarks>
internal sealed class StoredAllocator(OffsetAllocator memory, string range, string resource, IRangeAllocationStore store)
{
    public OffsetAllocator Memory => memory;

    /// <summary>Version that the memory was last made from; that before the write, after a write.</summary>
    public string LastSeenVersion { get; private set; } = "";

    public StoreReply Read() => store.Read();

    public StoreOperation BeginTake(int offset) => Begin(() => memory.TryTake(offset) ? AllocationStatus.Done : AllocationStatus.AlreadyAllocated);

    public StoreOperation BeginDraw(Action<int> drawn) => Begin(() =>
    {
        var outcome = memory.Draw(out var offset);
        drawn(offset);
        return outcome switch
        {
            DrawOutcome.Taken => AllocationStatus.Done,
            DrawOutcome.Panic => AllocationStatus.Panic,
            _ => AllocationStatus.Full,
        };
    });

    public StoreOperation BeginRelease(int offset) => Begin(() =>
    {
        memory.Release(offset);
        return AllocationStatus.Done;
    });

    /// <summary>Replaces the shared object, as the repair loop does.</summary>
    public StoreOperation BeginCreateOrUpdate(RangeAllocation snapshot) => new(store, existing =>
    {
        if (existing is not null && snapshot.ResourceVersion != existing.ResourceVersion)
        {
            return StoreDecision.Fail(AllocationStatus.Conflict, ConflictMessage(
                snapshot.ResourceVersion.Length == 0 ? "another caller has already initialized the resource" : "the provided resource version does not match"));
        }

        return new(snapshot);
    });

    /// <summary>Takes the snapshot that was just stored into memory.</summary>
    public AllocationStatus Adopt(RangeAllocation snapshot)
    {
        if (snapshot.Range != range)
        {
            return AllocationStatus.RangeMismatch;
        }

        memory.Restore(snapshot.Data.AsSpan());
        LastSeenVersion = snapshot.ResourceVersion;
        return AllocationStatus.Done;
    }

    private StoreOperation Begin(Func<AllocationStatus> apply) => new(store, existing =>
    {
        if (existing is null || existing.ResourceVersion.Length == 0)
        {
            return StoreDecision.Fail(AllocationStatus.NotInitialized, $"cannot allocate resources of type {resource} at this time");
        }

        if (existing.ResourceVersion != LastSeenVersion)
        {
            if (existing.Range != range)
            {
                return StoreDecision.Fail(AllocationStatus.RangeMismatch, AllocationMessages.MismatchedRange);
            }

            memory.Restore(existing.Data.AsSpan());
        }

        var status = apply();
        if (status != AllocationStatus.Done)
        {
            return StoreDecision.Fail(status);
        }

        // The version before the write: the next operation refreshes its memory, unless this write gets lost.
        LastSeenVersion = existing.ResourceVersion;
        return new(new RangeAllocation { Range = range, Data = memory.Snapshot() });
    });

    private string ConflictMessage(string cause) => $"Operation cannot be fulfilled on {resource} \"\": {cause}";
}
