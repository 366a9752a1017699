namespace K124.Sim.Networking;

/// <summary>What came of an access to the store.</summary>
public enum StoreStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The object's version is not the expected one; nothing was written.</summary>
    Conflict,

    /// <summary>No answer came; whether a write took effect is not known.</summary>
    Failed,
}
