namespace K124.Sim.Conformance.Run;

/// <summary>How recordings are run.</summary>
public sealed record ConformanceOptions
{
    /// <summary>Differing cases of a file that are kept with their details; the rest is counted.</summary>
    public int DifferencesKept { get; init; } = 10;

    /// <summary>Measures the time that a file takes; null if nobody wants to know.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Hears of every case before it is run; null for nobody.</summary>
    public Action<ConformanceProgress>? Progress { get; init; }
}
