namespace K124.Sim.Networking.Internal;

/// <summary>One operation on the shared object, one access to the store a step: read, then compare-and-swap until it holds.</summary>
/// <remarks>Steps are apart so that every interleaving of several servers, and a crash after every step, can be played. The
/// per-process lock of 1.24 is the rule that a server has one operation under way at a time.</remarks>
internal sealed class StoreOperation
{
    private readonly IRangeAllocationStore _store;
    private readonly Func<RangeAllocation?, StoreDecision> _decide;
    private RangeAllocation? _desired;
    private bool _hasRead;

    public StoreOperation(IRangeAllocationStore store, Func<RangeAllocation?, StoreDecision> decide)
    {
        _store = store;
        _decide = decide;
    }

    /// <summary>The object as it was last seen; null before the first access, and if there is none.</summary>
    public RangeAllocation? Existing { get; private set; }

    public bool IsDone { get; private set; }

    public AllocationStatus Status { get; private set; }

    public string Message { get; private set; } = "";

    /// <summary>Makes the next access to the store, and decides what to do with what came back.</summary>
    public void Advance()
    {
        var reply = _hasRead ? _store.TryWrite(Existing?.ResourceVersion ?? "", _desired!) : _store.Read();
        if (reply.Status == StoreStatus.Failed)
        {
            Finish(AllocationStatus.StoreFailure, reply.Message);
        }
        else if (_hasRead && reply.Status == StoreStatus.Done)
        {
            Finish(AllocationStatus.Done, "");
        }
        else
        {
            _hasRead = true;
            Existing = reply.Allocation;
            Decide();
        }
    }

    public void RunToEnd()
    {
        while (!IsDone)
        {
            Advance();
        }
    }

    private void Decide()
    {
        var decision = _decide(Existing);
        if (decision.Desired is null)
        {
            Finish(decision.Status, decision.Message);
            return;
        }

        _desired = decision.Desired;
        if (Existing is not null && Existing.Range == _desired.Range && Existing.Data.AsSpan().SequenceEqual(_desired.Data.AsSpan()))
        {
            Finish(AllocationStatus.Done, "");
        }
    }

    private void Finish(AllocationStatus status, string message)
    {
        IsDone = true;
        Status = status;
        Message = message;
    }
}
