namespace K124.Sim.Nodes.Readiness;

/// <summary>How bad a finding is for going to 1.24.</summary>
internal enum ReadinessSeverity
{
    /// <summary>Nothing needs to be done.</summary>
    Info,

    /// <summary>It may not work.</summary>
    Warn,

    /// <summary>It will not work.</summary>
    Block,
}

/// <summary>Something about a node that matters for going to 1.24.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Rule">Name of the rule that found it.</param>
/// <param name="Message">What 1.24 does, and what to do about it.</param>
internal sealed record ReadinessVerdict(ReadinessSeverity Severity, string Rule, string Message);
