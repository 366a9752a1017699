using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>What came of making a volume.</summary>
/// <param name="Volume">The volume; null if there is none.</param>
/// <param name="Error">Why there is none; null if there is one.</param>
public readonly record struct VolumeProvisioning(PersistentVolume? Volume, string? Error);
