namespace K124.Sim.Batch.Forecast;

/// <summary>How a Job ended.</summary>
public enum JobOutcome
{
    /// <summary>It had not ended.</summary>
    Unfinished,

    /// <summary>Complete.</summary>
    Complete,

    /// <summary>Failed: too many pods failed.</summary>
    BackoffLimitExceeded,

    /// <summary>Failed: its deadline passed.</summary>
    DeadlineExceeded,
}
