namespace K124.Sim.Conformance.Run;

/// <summary>How far a run has come.</summary>
/// <param name="Path">File it is at.</param>
/// <param name="Line">Line of that file.</param>
public readonly record struct ConformanceProgress(string Path, int Line);
