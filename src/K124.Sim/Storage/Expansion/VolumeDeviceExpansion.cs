using K124.Sim.Model;

namespace K124.Sim.Storage.Expansion;

/// <summary>What came of making a device larger.</summary>
/// <param name="Size">Size of the device in bytes; counts only without an error.</param>
/// <param name="Error">Why it was not made larger; null if it was.</param>
public readonly record struct VolumeDeviceExpansion(Quantity Size, string? Error);
