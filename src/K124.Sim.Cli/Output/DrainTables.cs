using K124.Sim.Model;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Output;

/// <summary>Shows people what becomes of a node's pods.</summary>
internal static class DrainTables
{
    private const int PodLimit = 40;
    private const int FailureLimit = 20;

    private static readonly (DrainFate Fate, string Text)[] OtherFates =
    [
        (DrainFate.Surplus, "not replaced"),
        (DrainFate.Lost, "lost"),
        (DrainFate.Blocked, "not evicted"),
        (DrainFate.Stays, "staying"),
        (DrainFate.Finished, "finished"),
    ];

    public static void Write(Terminal terminal, DrainPlan plan)
    {
        if (plan.Refusal is { } refusal)
        {
            terminal.WriteLine($"{plan.NodeName} is not drained: {refusal}", TableView.Bad);
            return;
        }

        var replaced = Count(plan, DrainFate.Moved, DrainFate.Unplaced);
        terminal.WriteLine($"{Amounts.Count(Count(plan, DrainFate.Moved))} of {Amounts.Count(replaced, "pod")} of {plan.NodeName} placed again, {Amounts.Count(Count(plan, DrainFate.Unplaced))} unschedulable{Others(plan)}.", plan.Succeeds ? TableView.Good : TableView.Bad);
        terminal.Output.WriteLine();
        WriteReasons(terminal, plan);
        WritePods(terminal, plan);
        UtilizationTables.Write(terminal, plan.Utilization);
    }

    private static int Count(DrainPlan plan, params DrainFate[] fates) => plan.Pods.Count(pod => fates.Contains(pod.Fate));

    private static string Others(DrainPlan plan) =>
        string.Concat(OtherFates.Select(item => Count(plan, item.Fate) is > 0 and var count ? $", {Amounts.Count(count)} {item.Text}" : ""));

    private static void WriteReasons(Terminal terminal, DrainPlan plan)
    {
        var reasons = plan.Pods.Select(static pod => (Pod: ObjectKey.Of(pod.Pod), Text: pod.Fate == DrainFate.Blocked ? pod.Reason : pod.Fate == DrainFate.Unplaced ? pod.Replacement!.Result.Message : ""))
            .Where(static item => item.Text.Length > 0).GroupBy(static item => item.Text, StringComparer.Ordinal).ToArray();
        foreach (var reason in reasons.Take(FailureLimit))
        {
            terminal.Output.WriteLine($"{Amounts.Count(reason.Count(), "pod")}, first {reason.First().Pod}:");
            terminal.Output.WriteLine($"    {reason.Key}");
        }

        if (reasons.Length > 0)
        {
            terminal.Output.WriteLine();
        }
    }

    private static void WritePods(Terminal terminal, DrainPlan plan)
    {
        if (plan.Pods.IsEmpty)
        {
            return;
        }

        if (plan.Pods.Length > PodLimit)
        {
            terminal.Output.WriteLine($"-o json lists the fate of each of the {Amounts.Count(plan.Pods.Length, "pod")}.");
            terminal.Output.WriteLine();
            return;
        }

        var table = new TableView().Text("POD").Text("FATE").Text("REPLACED BY").Text("NODE");
        foreach (var pod in plan.Pods)
        {
            table.Row(
                pod.Fate is DrainFate.Unplaced or DrainFate.Blocked ? TableView.Bad : TableView.Plain,
                ObjectKey.Of(pod.Pod).ToString(),
                pod.Fate.ToString(),
                pod.Replacement?.Pod.Metadata.Name ?? "-",
                pod.Replacement?.Result.NodeName ?? "-");
        }

        table.WriteTo(terminal);
    }
}
