using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>What a write did to an object.</summary>
internal enum StoreChangeKind : byte
{
    /// <summary>It was made.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,
}

/// <summary>One write to the store.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Old">State before; null if the object was made.</param>
/// <param name="New">State after; after a deletion the last state, under the revision of the deletion.</param>
/// <param name="UtcTicks">When it was.</param>
internal readonly record struct StoreChange(StoreChangeKind Kind, StoredObject? Old, StoredObject New, long UtcTicks)
{
    public long Revision => New.Revision;

    public StoreResource Resource => New.Resource;

    public ObjectKey Key => New.Key;
}
