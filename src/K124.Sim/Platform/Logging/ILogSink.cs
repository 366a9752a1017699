namespace K124.Sim.Platform.Logging;

/// <summary>Where the lines of a simulation go.</summary>
internal interface ILogSink
{
    /// <summary>The highest level that is written.</summary>
    int Verbosity { get; }

    /// <summary>Takes a line.</summary>
    void Write(LogEntry entry);
}
