namespace K124.Sim.Platform.Watching;

/// <summary>What happened to an object, as a watch tells it.</summary>
internal enum WatchEventKind
{
    /// <summary>It is new, or new to what is watched.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone, or gone from what is watched.</summary>
    Deleted,
}
