using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>What came of looking for a volume.</summary>
/// <param name="Volume">The volume; null if none suits.</param>
/// <param name="Error">Why nothing can be said; null if something can.</param>
internal readonly record struct VolumeMatch(PersistentVolume? Volume, string? Error);
