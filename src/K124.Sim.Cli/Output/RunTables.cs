using K124.Sim.Kinds;
using K124.Sim.Model;

namespace K124.Sim.Cli.Output;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>A run as tables of kubectl's look.</summary>
internal static class RunTables
{
    /// <summary>Rows of a kind above which only what stands out is shown.</summary>
    private const int MostRows = 60;

    private static readonly ApiKind[] Shown =
    [
        ApiKind.Of<Deployment>(), ApiKind.Of<StatefulSet>(), ApiKind.Of<DaemonSet>(), ApiKind.Of<ReplicaSet>(), ApiKind.Of<Job>(), ApiKind.Of<CronJob>(),
        ApiKind.Of<PersistentVolumeClaim>(), ApiKind.Of<PodDisruptionBudget>(), ApiKind.Of<Pod>(),
    ];

    public static void Write(Terminal terminal, RunReport report, ControlPlane plane, bool timeline)
    {
        if (timeline)
        {
            foreach (var entry in plane.Timeline)
            {
                terminal.Output.WriteLine(entry);
            }

            terminal.Output.WriteLine();
        }

        foreach (var kind in Shown)
        {
            Write(terminal, kind, plane);
        }

        WriteRefusals(terminal, report);
        WritePending(terminal, plane);
        var pods = string.Join(", ", report.Phases.Select(static entry => $"{Amounts.Count(entry.Count)} {entry.Phase}"));
        terminal.Output.WriteLine($"pods: {(pods.Length == 0 ? "none" : pods)}");
        terminal.Output.WriteLine(
            $"time: {report.End - report.Start:c} simulated, {(report.IsQuiet ? "quiet at the end" : "not quiet at the end")}; {Amounts.Count(report.Writes, "write")}, {Amounts.Count(report.Events, "event")}");
    }

    private static void Write(Terminal terminal, ApiKind kind, ControlPlane plane)
    {
        var items = plane.Client.List(kind).ToArray();
        if (items.Length == 0)
        {
            return;
        }

        terminal.Output.WriteLine($"{Amounts.Count(items.Length, kind.Kind)}{(items.Length > MostRows ? $", the first {MostRows}" : "")}");
        var printed = ObjectPrinter.Print(kind, items.Take(MostRows), plane.Now);
        var table = new TableView();
        foreach (var heading in printed.Headings)
        {
            table.Text(heading);
        }

        foreach (var row in printed.Rows)
        {
            table.Row(row);
        }

        table.WriteTo(terminal);
    }

    private static void WriteRefusals(Terminal terminal, RunReport report)
    {
        foreach (var entry in report.Refusals)
        {
            terminal.Output.WriteLine($"refused: {entry.Verb} {entry.Kind} {entry.Key}: {entry.Refusal!.Message}");
        }

        if (!report.Refusals.IsEmpty)
        {
            terminal.Output.WriteLine();
        }
    }

    /// <summary>Why pods are pending, each message once.</summary>
    private static void WritePending(Terminal terminal, ControlPlane plane)
    {
        var causes = plane.List<Pod>()
            .Where(static pod => pod.Spec.NodeName.Length == 0 && pod.Status.Phase is "" or "Pending")
            .GroupBy(static pod => pod.Status.Conditions.FirstOrDefault(static condition => condition.Type == "PodScheduled")?.Message ?? "not looked at by a scheduler", StringComparer.Ordinal)
            .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal).ToArray();
        if (causes.Length == 0)
        {
            return;
        }

        var table = new TableView().Number("PENDING").Text("FIRST").Text("WHY");
        foreach (var cause in causes)
        {
            table.Row(TableView.Open, Amounts.Count(cause.Count()), ObjectKey.Of(cause.First()).ToString(), cause.Key);
        }

        table.WriteTo(terminal);
    }
}
