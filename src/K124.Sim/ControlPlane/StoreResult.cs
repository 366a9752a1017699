namespace K124.Sim.ControlPlane;

/// <summary>How a write to the store ended.</summary>
internal enum StoreOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The object to be made is there already.</summary>
    AlreadyExists,

    /// <summary>The object is not there.</summary>
    NotFound,

    /// <summary>The object is at another revision than was expected.</summary>
    Conflict,
}

/// <summary>The result of a write to the store.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Object">The state that was written (for a deletion: the last one, under the revision of the deletion); if nothing
/// was written, the one that stands in the way, or null.</param>
internal readonly record struct StoreResult(StoreOutcome Outcome, StoredObject? Object)
{
    public bool IsDone => Outcome == StoreOutcome.Done;
}
