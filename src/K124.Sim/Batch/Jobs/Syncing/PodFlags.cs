namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>What the controller reads from a pod beside its phase and index.</summary>
[Flags]
internal enum PodFlags : ushort
{
    None = 0,

    /// <summary>The Job is its controller.</summary>
    Owned = 1 << 0,

    /// <summary>The Job's selector matches its labels.</summary>
    Matching = 1 << 1,

    /// <summary>It has a controller that is not the Job.</summary>
    Foreign = 1 << 2,

    /// <summary>It has the tracking finalizer.</summary>
    Finalizer = 1 << 3,

    /// <summary>It has a deletion timestamp.</summary>
    Deleting = 1 << 4,

    /// <summary>It is bound to a node.</summary>
    Bound = 1 << 5,

    /// <summary>Its Ready condition is True.</summary>
    Ready = 1 << 6,

    /// <summary>The object no longer exists.</summary>
    Gone = 1 << 7,

    /// <summary>The removal of its finalizer was asked for and not yet seen.</summary>
    InFlight = 1 << 8,

    /// <summary>Scratch of one sync: its UID stood in the uncounted successes when the sync began.</summary>
    ListedSucceeded = 1 << 9,

    /// <summary>Scratch of one sync: its UID stood in the uncounted failures when the sync began.</summary>
    ListedFailed = 1 << 10,

    /// <summary>Scratch of one sync: it had its finalizer when the sync began, and still has.</summary>
    Live = 1 << 11,

    /// <summary>Scratch of one sync: it was active when the sync began.</summary>
    ActiveAtStart = 1 << 12,

    /// <summary>Scratch of one sync: it had succeeded, and had its finalizer, when the sync began.</summary>
    SucceededAtStart = 1 << 13,

    /// <summary>Scratch of one sync: the removal of its finalizer was in flight when the sync began.</summary>
    InFlightAtStart = 1 << 14,

    Claimed = Owned | Matching,
}
