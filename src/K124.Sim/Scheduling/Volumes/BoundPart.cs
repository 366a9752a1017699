namespace K124.Sim.Scheduling.Volumes;

/// <summary>What the plugins read of a bound claim of an incoming pod.</summary>
/// <param name="Terms">What its volume asks of nodes.</param>
/// <param name="Attached">The volume, if some pod may have it attached already; null if it is new on every node.</param>
internal readonly record struct BoundPart(VolumeTerms Terms, VolumeNames? Attached);

/// <summary>The names of a volume that counts against limits.</summary>
/// <param name="Handle">What its CSI driver calls it.</param>
/// <param name="Id">What its in-tree plugin calls it.</param>
internal sealed record VolumeNames(string Handle, string Id);
