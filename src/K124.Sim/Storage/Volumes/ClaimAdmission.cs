using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>What an admission plugin makes of a claim.</summary>
/// <param name="Claim">The claim as it goes on; null if it is refused.</param>
/// <param name="Error">Why it is refused; null if it is not.</param>
public readonly record struct ClaimAdmission(PersistentVolumeClaim? Claim, string? Error);
