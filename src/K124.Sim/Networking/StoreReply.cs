namespace K124.Sim.Networking;

/// <summary>Answer of a store.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Allocation">The object as it is stored now, with its version; null if there is none, or on failure.</param>
/// <param name="Message">The error text on failure.</param>
public readonly record struct StoreReply(StoreStatus Status, RangeAllocation? Allocation, string Message = "");
