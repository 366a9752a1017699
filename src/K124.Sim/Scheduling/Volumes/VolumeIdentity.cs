namespace K124.Sim.Scheduling.Volumes;

/// <summary>What tells volumes apart that count against a limit: pods that share one count it once.</summary>
/// <param name="Key">The limit that it counts against.</param>
/// <param name="Claim">Namespace of the claim, if the volume behind it is not known; else null.</param>
/// <param name="Name">Handle of the volume, or name of the claim.</param>
internal readonly record struct VolumeIdentity(string Key, string? Claim, string Name);

/// <summary>A volume that counts against a limit.</summary>
/// <param name="Identity">Which volume it is.</param>
/// <param name="MigratedPlugin">The in-tree plugin that a node must have migrated for the volume to count there; null if it counts on every node.</param>
internal readonly record struct CountedVolume(VolumeIdentity Identity, string? MigratedPlugin);
