namespace K124.Sim.Manifests;

/// <summary>How far reading has come.</summary>
/// <param name="BytesRead">Bytes read so far, as they are stored (compressed, if they are).</param>
/// <param name="TotalBytes">Bytes to read in all, or null if that is not known, as with standard input.</param>
/// <param name="Objects">Objects of modelled kinds read so far.</param>
public readonly record struct LoadProgress(long BytesRead, long? TotalBytes, long Objects);
