namespace K124.Sim.Networking.Internal;

/// <summary>What a repair pass has just done at the store.</summary>
internal enum RepairStep
{
    /// <summary>Read a stored bitmap.</summary>
    Read,

    /// <summary>Listed the Services, and worked out what the bitmaps should be.</summary>
    Listed,

    /// <summary>Read a bitmap again in order to replace it; the server's allocator is locked until it has.</summary>
    Writing,

    /// <summary>Replaced a bitmap, or found that it has changed meanwhile.</summary>
    Written,
}
