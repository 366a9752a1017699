using System.Globalization;
using System.Text.Json;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Conformance.Scheduler;

/// <summary>One incoming pod against one cluster: verdicts, scores, best nodes, message.</summary>
internal static class SnapshotCase
{
    public static CaseOutcome Verify(Cluster cluster, Pod pod, SchedulerOptions options, JsonElement expect)
    {
        CaseReader.DemandOnly(
            expect, "result", "error", "preFilter", "preFilterNodes", "filter", "feasible", "scores", "totals", "best", "message", "preemption");
        var answer = new Scheduling.Scheduler(cluster, options).Explain(pod);
        var comparison = new Comparison();
        comparison.Equal("result", expect.GetProperty("result").GetString(), ResultOf(answer.Result.Outcome));
        comparison.Equal("error", Text(expect, "error"), answer.Result.Outcome == SchedulingOutcome.Error ? answer.Result.Message : null);
        ComparePreFilter(comparison, expect, answer);
        CompareFilter(comparison, expect, answer);
        CompareScores(comparison, expect, answer);
        ComparePreemption(comparison, expect, answer);
        return comparison.Outcome;
    }

    internal static string ResultOf(SchedulingOutcome outcome) => outcome switch
    {
        SchedulingOutcome.Scheduled => "scheduled",
        SchedulingOutcome.Unschedulable => "unschedulable",
        _ => "error",
    };

    internal static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static string Joined(IEnumerable<string?> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string StatusText(string? plugin, string? code, IEnumerable<string?> reasons) => $"{plugin} {code} [{Joined(reasons)}]";

    private static void ComparePreFilter(Comparison comparison, JsonElement expect, SchedulingExplanation answer)
    {
        var recorded = expect.TryGetProperty("preFilter", out var preFilter)
            ? StatusText(Text(preFilter, "plugin"), Text(preFilter, "code"), preFilter.GetProperty("reasons").EnumerateArray().Select(static reason => reason.GetString()))
            : null;
        comparison.Equal("preFilter", recorded, answer.Result.PreFilterStatus is { } status ? StatusText(status.Plugin, status.Code.ToString(), status.Reasons) : null);
        comparison.Equal(
            "preFilterNodes",
            expect.TryGetProperty("preFilterNodes", out var nodes) ? Joined(nodes.EnumerateArray().Select(static node => node.GetString())) : null,
            answer.PreFilterNodes is { } names ? Joined(names) : null);
    }

    private static void CompareFilter(Comparison comparison, JsonElement expect, SchedulingExplanation answer)
    {
        // A pod that is rejected as a whole has no verdicts per node in the recordings, and an aborted attempt neither.
        if (answer.Result.PreFilterStatus is not null || answer.Result.Outcome == SchedulingOutcome.Error)
        {
            return;
        }

        var recorded = new Dictionary<string, string>(StringComparer.Ordinal);
        if (expect.TryGetProperty("filter", out var filter))
        {
            foreach (var node in filter.EnumerateObject())
            {
                var plugins = node.Value.GetProperty("plugins").EnumerateObject().Select(static plugin => StatusText(
                    plugin.Name, Text(plugin.Value, "code"), plugin.Value.GetProperty("reasons").EnumerateArray().Select(static reason => reason.GetString())));
                recorded.Add(node.Name, $"{Text(node.Value, "code")}: {Joined(plugins)}");
            }
        }

        comparison.Equal("filter", recorded, answer.NodeStatuses.ToDictionary(
            static node => node.NodeName,
            static node => $"{node.Code}: {Joined(node.Plugins.Select(static plugin => StatusText(plugin.Plugin, plugin.Code.ToString(), plugin.Reasons)))}",
            StringComparer.Ordinal));
        comparison.Equal(
            "feasible",
            Joined(expect.TryGetProperty("feasible", out var feasible) ? feasible.EnumerateArray().Select(static node => node.GetString()) : []),
            Joined(answer.FeasibleNodes));
    }

    internal static void CompareScores(Comparison comparison, JsonElement expect, SchedulingExplanation answer)
    {
        var recordedScores = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Members(expect, "scores").SelectMany(static node => node.Value.EnumerateObject().Select(plugin => ($"{node.Name}.{plugin.Name}", plugin.Value))))
        {
            recordedScores.Add(name, value.GetRawText());
        }

        var answeredScores = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in answer.Scores)
        {
            foreach (var plugin in node.Plugins)
            {
                answeredScores.Add($"{node.NodeName}.{plugin.Plugin}", plugin.Weighted.ToString(CultureInfo.InvariantCulture));
            }
        }

        comparison.Equal("scores", recordedScores, answeredScores);
        comparison.Equal(
            "totals",
            Members(expect, "totals").ToDictionary(static node => node.Name, static node => node.Value.GetRawText(), StringComparer.Ordinal),
            answer.Scores.ToDictionary(static node => node.NodeName, static node => node.Total.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal));
        comparison.Equal(
            "best",
            Joined(expect.TryGetProperty("best", out var best) ? best.EnumerateArray().Select(static node => node.GetString()) : []),
            Joined(answer.BestNodes));
    }

    internal static IEnumerable<JsonProperty> Members(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.EnumerateObject() : [];

    private static void ComparePreemption(Comparison comparison, JsonElement expect, SchedulingExplanation answer)
    {
        comparison.Equal("message", Text(expect, "message"), answer.Result.Outcome == SchedulingOutcome.Unschedulable ? answer.Result.Message : null);
        var answered = answer.Result.Preemption;
        if (!expect.TryGetProperty("preemption", out var recorded))
        {
            comparison.Equal("preemption", null, answered?.Outcome.ToString());
            return;
        }

        CaseReader.DemandOnly(recorded, "outcome", "message", "clearsNominatedNodeName", "candidates", "rejected", "acceptableNodes");
        comparison.Equal("preemption.outcome", Text(recorded, "outcome"), answered is null ? null : JsonNamingPolicy.CamelCase.ConvertName(answered.Outcome.ToString()));
        if (answered is null)
        {
            return;
        }

        comparison.Equal("preemption.message", Text(recorded, "message") ?? "", answered.Message);
        comparison.Equal(
            "preemption.clearsNominatedNodeName",
            (recorded.TryGetProperty("clearsNominatedNodeName", out var clears) && clears.GetBoolean()).ToString(),
            answered.ClearsNominatedNodeName.ToString());
        comparison.Equal(
            "preemption.acceptableNodes",
            Joined(recorded.TryGetProperty("acceptableNodes", out var nodes) ? nodes.EnumerateArray().Select(static node => node.GetString()) : []),
            Joined(answered.AcceptableNodes));
        comparison.Equal(
            "preemption.candidates",
            Members(recorded, "candidates").ToDictionary(
                static node => node.Name,
                static node => $"{node.Value.GetProperty("pdbViolations").GetRawText()} violations, {string.Join(", ", node.Value.GetProperty("victims").EnumerateArray().Select(static victim => victim.GetString()))}",
                StringComparer.Ordinal),
            answered.Candidates.ToDictionary(
                static candidate => candidate.NodeName,
                static candidate => $"{candidate.PodDisruptionBudgetViolations} violations, {string.Join(", ", candidate.Victims.Select(static victim => ObjectKey.Of(victim).ToString()))}",
                StringComparer.Ordinal));
        comparison.Equal(
            "preemption.rejected",
            Members(recorded, "rejected").ToDictionary(
                static node => node.Name,
                static node => $"{Text(node.Value, "code")} [{Joined(node.Value.GetProperty("reasons").EnumerateArray().Select(static reason => reason.GetString()))}]",
                StringComparer.Ordinal),
            answered.Rejected.ToDictionary(static node => node.NodeName, static node => $"{node.Code} [{Joined(node.Reasons)}]", StringComparer.Ordinal));
    }
}
