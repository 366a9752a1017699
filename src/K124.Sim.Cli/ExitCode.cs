namespace K124.Sim.Cli;

/// <summary>What the process answers to its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The answer is no: it does not fit, a pod is unschedulable, a case differs.</summary>
    public const int Negative = 1;

    public const int BadInput = 2;

    /// <summary>Nothing is in the way, but there are warnings.</summary>
    public const int Warnings = 3;

    /// <summary>What shells report of a process that Ctrl+C ended.</summary>
    public const int Cancelled = 130;
}
