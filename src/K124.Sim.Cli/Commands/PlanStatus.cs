using K124.Sim.Cli.Output;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Commands;

/// <summary>What commands say beside their answer.</summary>
internal static class PlanStatus
{
    public static IProgress<PlanProgress> Of(StatusLine status) => status.Progress<PlanProgress>(static progress =>
        progress.Total is { } total
            ? $"placing pods: {Amounts.Count(progress.Decided)} of {Amounts.Count(total)}"
            : $"placing pods: {Amounts.Count(progress.Decided)}");

    public static void WriteNotices(Terminal terminal, IEnumerable<string> notices)
    {
        foreach (var notice in notices)
        {
            terminal.Error.WriteLine($"note: {notice}");
        }
    }
}
