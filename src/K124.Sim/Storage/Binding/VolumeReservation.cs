namespace K124.Sim.Storage.Binding;

/// <summary>What came of reserving volumes for a pod.</summary>
/// <param name="AllBound">Whether all claims are bound already, so that there is nothing to write.</param>
/// <param name="Volumes">The volumes and claims as they are assumed to become.</param>
/// <param name="Error">Why it failed, with nothing reserved; null if it did not.</param>
public sealed record VolumeReservation(bool AllBound, PodVolumes Volumes, string? Error);
