namespace K124.Sim.Pods.Probes;

/// <summary>One attempt of a worker: the handler, asked again while it can only say that something went wrong.</summary>
/// <param name="Result">What it came to; null if it could not be told.</param>
/// <param name="Calls">How often the handler was asked.</param>
/// <param name="Event">Type, reason and message of the event, null if there is none.</param>
internal readonly record struct ProbeAttempt(ProbeResult? Result, int Calls, string? Event)
{
    private const int MostCalls = 3;

    /// <summary>Asks the handler.</summary>
    public static ProbeAttempt Make(ProbeKind kind, Func<ProbeAnswer> handler)
    {
        var answer = handler();
        var calls = 1;
        for (; answer.Error is not null && calls < MostCalls; calls++)
        {
            answer = handler();
        }

        return answer switch
        {
            { Error: { } error } => new(null, calls, $"Warning Unhealthy {kind} probe errored: {error}"),
            { Verdict: ProbeVerdict.Success } => new(ProbeResult.Success, calls, null),
            { Verdict: ProbeVerdict.Warning } => new(ProbeResult.Success, calls, $"Warning ProbeWarning {kind} probe warning: {answer.Output}"),
            _ => new(ProbeResult.Failure, calls, $"Warning Unhealthy {kind} probe failed: {answer.Output}"),
        };
    }
}
