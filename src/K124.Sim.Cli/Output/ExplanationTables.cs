using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Scheduling;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Cli.Output;

/// <summary>Shows people what led to one decision.</summary>
internal static class ExplanationTables
{
    private const int NodeLimit = 40;

    public static void Write(Terminal terminal, PodPlacement placement)
    {
        var explanation = placement.Explanation!;
        var key = ObjectKey.Of(placement.Pod);
        var origin = placement.Source == $"Pod {key}" ? "" : $" of {placement.Source}";
        terminal.Output.WriteLine($"{key}{origin}: {Decision(placement.Result)}");
        if (explanation.PreFilterNodes is { } only)
        {
            terminal.Output.WriteLine($"The pod allows only: {string.Join(", ", only)}");
        }

        terminal.Output.WriteLine();
        WriteVerdicts(terminal, explanation);
        WriteVolumes(terminal, explanation);
        WriteScores(terminal, explanation, placement.Result.NodeName);
        WriteCandidates(terminal, explanation.Result.Preemption);
        if (explanation.FeasibleNodes.Length > placement.Result.FeasibleNodes && placement.Result.IsScheduled)
        {
            terminal.Output.WriteLine(
                $"The search stopped at {Amounts.Count(placement.Result.FeasibleNodes, "feasible node")}; "
                + $"the tables cover all {Amounts.Count(explanation.FeasibleNodes.Length)}, so the chosen node need not be the best of them.");
            terminal.Output.WriteLine();
        }
    }

    private static string Decision(SchedulingResult result) => result.IsScheduled ? $"scheduled on {result.NodeName}" : result.Message;

    private static void WriteVerdicts(Terminal terminal, SchedulingExplanation explanation)
    {
        var table = new TableView().Text("NODE").Text("VERDICT").Text("PLUGIN").Text("REASON");
        foreach (var node in explanation.NodeStatuses.Take(NodeLimit))
        {
            foreach (var plugin in node.Plugins)
            {
                table.Row(TableView.Bad, node.NodeName, plugin.Code.ToString(), plugin.Plugin, string.Join("; ", plugin.Reasons));
            }
        }

        foreach (var node in explanation.FeasibleNodes.Take(NodeLimit))
        {
            table.Row(TableView.Good, node, "feasible", "", "");
        }

        if (explanation.NodeStatuses.Length + explanation.FeasibleNodes.Length > 0)
        {
            table.WriteTo(terminal);
        }

        WriteRest(terminal, explanation.NodeStatuses.Length - NodeLimit, "rejected node");
        WriteRest(terminal, explanation.FeasibleNodes.Length - NodeLimit, "feasible node");
    }

    private static void WriteVolumes(Terminal terminal, SchedulingExplanation explanation)
    {
        if (explanation.Volumes.IsEmpty)
        {
            return;
        }

        var table = new TableView().Text("NODE").Text("CLAIM").Text("VOLUMES").Text("MET").Text("CLOSEST");
        foreach (var node in explanation.Volumes.Take(NodeLimit))
        {
            foreach (var claim in node.Claims)
            {
                table.Row(
                    claim.Verdict is ClaimVerdict.Bound or ClaimVerdict.VolumeFound or ClaimVerdict.Provisionable ? TableView.Good : TableView.Bad,
                    node.NodeName,
                    claim.Claim.ToString(),
                    claim.Verdict.ToString(),
                    claim.VolumeName ?? claim.Capacity?.ToString() ?? "",
                    string.Join("; ", new[] { claim.ClosestVolume, claim.ClosestCapacity }.OfType<ClosestStorage>().Select(static storage => $"{storage.Name}: {storage.Lack}")));
            }
        }

        table.WriteTo(terminal);
        WriteRest(terminal, explanation.Volumes.Length - NodeLimit, "node");
    }

    private static void WriteScores(Terminal terminal, SchedulingExplanation explanation, string? chosen)
    {
        if (explanation.Scores.IsEmpty)
        {
            return;
        }

        // Plugins that say the same of all nodes decide nothing: they get a line, not a column.
        var plugins = explanation.Scores[0].Plugins;
        int[] telling = [.. Enumerable.Range(0, plugins.Length).Where(i => explanation.Scores.Any(node => node.Plugins[i].Score != plugins[i].Score))];
        var table = new TableView().Text("NODE").Number("TOTAL");
        foreach (var i in telling)
        {
            table.Number(Heading(plugins[i]));
        }

        foreach (var node in explanation.Scores.OrderByDescending(static node => node.Total).Take(NodeLimit))
        {
            table.Row(
                node.NodeName == chosen ? TableView.Good : TableView.Plain,
                [node.NodeName, Amounts.Count(node.Total), .. telling.Select(i => Amounts.Count(node.Plugins[i].Weighted))]);
        }

        table.WriteTo(terminal);
        WriteRest(terminal, explanation.Scores.Length - NodeLimit, "scored node");
        var equal = plugins.Where((_, i) => !telling.Contains(i)).Select(static plugin => $"{plugin.Plugin} {Amounts.Count(plugin.Weighted)}").ToArray();
        if (equal.Length > 0)
        {
            terminal.Output.WriteLine($"The same for all nodes: {string.Join(", ", equal)}.");
        }

        terminal.Output.WriteLine($"Best: {string.Join(", ", explanation.BestNodes.Take(NodeLimit))}{(explanation.BestNodes.Length > NodeLimit ? ", ..." : "")}.");
        terminal.Output.WriteLine();
    }

    private static void WriteCandidates(Terminal terminal, PreemptionResult? preemption)
    {
        if (preemption is null || preemption.Candidates.IsEmpty)
        {
            return;
        }

        // The columns are in the order in which 1.24 compares; the first that differs decides.
        terminal.Output.WriteLine($"Preemption: {preemption.Nominated?.NodeName} is nominated{Reason(preemption.DecidedBy)}.");
        var table = new TableView().Text("NODE").Number("BUDGET\nVIOLATIONS").Number("FIRST\nVICTIM").Number("SUM OF\nPRIORITIES").Number("VICTIMS").Text("STARTED").Text("PODS");
        foreach (var candidate in preemption.Candidates.Take(NodeLimit))
        {
            table.Row(
                candidate.NodeName == preemption.Nominated?.NodeName ? TableView.Good : TableView.Plain,
                candidate.NodeName,
                Amounts.Count(candidate.PodDisruptionBudgetViolations),
                Amounts.Count(candidate.FirstVictimPriority),
                Amounts.Count(candidate.PrioritySum),
                Amounts.Count(candidate.Victims.Length),
                candidate.EarliestStartOfHighestPriority?.ToString("u", System.Globalization.CultureInfo.InvariantCulture) ?? "not yet",
                string.Join(", ", candidate.Victims.Select(static victim => ObjectKey.Of(victim).ToString())));
        }

        table.WriteTo(terminal);
        WriteRest(terminal, preemption.Candidates.Length - NodeLimit, "candidate");
    }

    private static string Reason(PreemptionCriterion? criterion) => criterion switch
    {
        PreemptionCriterion.PodDisruptionBudgetViolations => " for the fewest budget violations",
        PreemptionCriterion.FirstVictimPriority => " for the lowest priority of the first victim",
        PreemptionCriterion.PrioritySum => " for the smallest sum of priorities",
        PreemptionCriterion.VictimCount => " for the fewest victims",
        PreemptionCriterion.EarliestStartOfHighestPriority => " for the latest start of the most important victim",
        PreemptionCriterion.TieBreak => ", one of several that are equal",
        _ => ", the only candidate",
    };

    /// <summary>The plugin's name broken where a capital begins a word, with its weight: a column is then as wide as a word.</summary>
    private static string Heading(PluginScore plugin)
    {
        var name = plugin.Plugin;
        var lines = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            lines.Append(i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]) ? "\n" : "").Append(name[i]);
        }

        return plugin.Weight == 1 ? lines.ToString() : $"{lines}\nx {plugin.Weight}";
    }

    private static void WriteRest(Terminal terminal, int rest, string noun)
    {
        if (rest > 0)
        {
            terminal.Output.WriteLine($"and {Amounts.Count(rest, noun)} more; -o json has them all.");
            terminal.Output.WriteLine();
        }
    }
}
