using System.Globalization;
using System.Text.Json;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Verify;

/// <summary>One incoming pod against one cluster: verdicts, scores, best nodes, message.</summary>
internal static class SnapshotCase
{
    public static CaseOutcome Verify(Cluster cluster, Pod pod, KubernetesRelease release, JsonElement expect)
    {
        CaseReader.DemandOnly(
            expect, "result", "error", "preFilter", "preFilterNodes", "filter", "feasible", "scores", "totals", "best", "message", "preemption");
        var answer = new Scheduling.Scheduler(cluster, new() { Release = release, PercentageOfNodesToScore = 100 }).Explain(pod);
        var comparison = new Comparison();
        comparison.Equal("result", expect.GetProperty("result").GetString(), ResultOf(answer.Result.Outcome));
        comparison.Equal("error", Text(expect, "error"), answer.Result.Outcome == SchedulingOutcome.Error ? answer.Result.Message : null);
        ComparePreFilter(comparison, expect, answer);
        CompareFilter(comparison, expect, answer);
        CompareScores(comparison, expect, answer);
        return CompareMessage(comparison, expect, answer);
    }

    private static string ResultOf(SchedulingOutcome outcome) => outcome switch
    {
        SchedulingOutcome.Scheduled => "scheduled",
        SchedulingOutcome.Unschedulable => "unschedulable",
        _ => "error",
    };

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Joined(IEnumerable<string?> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

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

    private static void CompareScores(Comparison comparison, JsonElement expect, SchedulingExplanation answer)
    {
        var recordedScores = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Members(expect, "scores").SelectMany(static node => node.Value.EnumerateObject().Select(plugin => ($"{node.Name}.{plugin.Name}", plugin.Value))))
        {
            // VolumeBinding scores 0 everywhere while its gate is off; the library has no volume plugins yet.
            if (!name.EndsWith(".VolumeBinding", StringComparison.Ordinal) || value.GetRawText() != "0")
            {
                recordedScores.Add(name, value.GetRawText());
            }
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

    private static IEnumerable<JsonProperty> Members(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.EnumerateObject() : [];

    private static CaseOutcome CompareMessage(Comparison comparison, JsonElement expect, SchedulingExplanation answer)
    {
        var answered = answer.Result.Outcome == SchedulingOutcome.Unschedulable ? answer.Result.Message : null;
        var recorded = Text(expect, "message");
        if (!expect.TryGetProperty("preemption", out var preemption))
        {
            comparison.Equal("message", recorded, answered);
            return comparison.Outcome;
        }

        // Preemption adds its own sentence behind the scheduler's.
        var suffix = Text(preemption, "message") is { Length: > 0 } said ? " " + said : "";
        comparison.Equal("message", recorded, answered + suffix);
        return comparison.IsEqual ? new CaseOutcome.NotCovered(["preemption"]) : comparison.Outcome;
    }
}
