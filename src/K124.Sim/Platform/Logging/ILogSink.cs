namespace K124.Sim.Platform.Logging;

/// <summary>Where the lines of a simulation go.</summary>
internal interface ILogSink
{
    /// <summary>The highest level that is written.</summary>
    int Verbosity { get; }

    /// <summary>Takes a line.</summary>
    /// <param name="severity"><c>I</c> or <c>E</c>.</param>
    /// <param name="text">The line without its header, with its end.</param>
    void Write(char severity, string text);
}
