namespace K124.Sim.Reports;

/// <summary>Whether something is as wanted.</summary>
public enum ReportTone
{
    /// <summary>Neither.</summary>
    Plain,

    /// <summary>As wanted.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Open,

    /// <summary>Not as wanted.</summary>
    Bad,
}
