namespace K124.Sim.Batch.Jobs;

/// <summary>An event that the Job controller writes on a Job.</summary>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">One-word cause, for example <c>Completed</c>.</param>
/// <param name="Message">Text for people.</param>
public sealed record JobEvent(string Type, string Reason, string Message)
{
    internal static JobEvent Normal(string reason, string message) => new("Normal", reason, message);

    internal static JobEvent Warning(string reason, string message) => new("Warning", reason, message);
}
