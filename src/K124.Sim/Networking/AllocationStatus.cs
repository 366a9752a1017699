namespace K124.Sim.Networking;

/// <summary>What came of an operation on an allocator.</summary>
public enum AllocationStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The address or port is taken (<c>ErrAllocated</c>).</summary>
    AlreadyAllocated,

    /// <summary>The address or port cannot be allocated from this range (<c>ErrNotInRange</c>).</summary>
    OutOfRange,

    /// <summary>Nothing is left (<c>ErrFull</c>).</summary>
    Full,

    /// <summary>1.24 panics: with the gate on, a block of exactly 16 addresses has no dynamic band to draw from.</summary>
    /// <remarks>kubernetes#115316.</remarks>
    Panic,

    /// <summary>The stored object, or the snapshot, is of another range (<c>ErrMismatchedNetwork</c>).</summary>
    RangeMismatch,

    /// <summary>A snapshot's range is not a range.</summary>
    InvalidRange,

    /// <summary>Nothing can be allocated, because the first repair has not made the stored object yet.</summary>
    NotInitialized,

    /// <summary>The stored object has changed since it was read.</summary>
    Conflict,

    /// <summary>The store could not be reached; whether a write took effect is not known.</summary>
    StoreFailure,
}
