namespace K124.Sim.Preflight;

/// <summary>How bad a finding is for an upgrade to 1.24.</summary>
public enum PreflightSeverity
{
    /// <summary>Good to know; nothing has to be done before the upgrade.</summary>
    Info,

    /// <summary>Something may behave otherwise than before.</summary>
    Warning,

    /// <summary>Something will not work.</summary>
    Block,
}
