namespace K124.Sim.Scheduling.Internal;

/// <summary>What tells volumes apart that count against a limit: pods that share one count it once.</summary>
/// <param name="Key">The limit that it counts against.</param>
/// <param name="Claim">Namespace of the claim, if the volume behind it is not known; else null.</param>
/// <param name="Name">Handle of the volume, or name of the claim.</param>
internal readonly record struct VolumeIdentity(string Key, string? Claim, string Name);
