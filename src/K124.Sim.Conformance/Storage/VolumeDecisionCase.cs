using System.Text.Json;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Scheduler;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Conformance.Storage;

/// <summary>One pod with volumes against one cluster: verdicts, scores, best nodes, what the binder would do, what it reserves.</summary>
internal static class VolumeDecisionCase
{
    public static CaseOutcome Verify(JsonElement testCase, KubernetesRelease? recordedRelease = null)
    {
        CaseReader.DemandOnly(testCase, "id", "baseId", "kubernetes", "covers", "featureGates", "cluster", "pod", "expect");
        var world = new VolumeWorld(testCase, recordedRelease);
        var pod = CaseReader.Read<Pod>(testCase.GetProperty("pod"));
        var expect = testCase.GetProperty("expect");
        CaseReader.DemandOnly(
            expect, "result", "error", "preFilter", "filter", "feasible", "scores", "totals", "best", "message", "podVolumes", "reserve");
        var answer = world.Scheduler.Explain(pod);
        var comparison = new Comparison();
        Compare(comparison, "", expect, world, pod, answer);
        SnapshotCase.CompareScores(comparison, expect, answer);
        if (expect.TryGetProperty("reserve", out var reserve) && answer.Result.IsScheduled)
        {
            CaseReader.DemandOnly(reserve, "node", "allBound", "assumed");
            var node = answer.BestNodes.Min(StringComparer.Ordinal)!;
            world.Scheduler.Assume(pod, node);
            comparison.Equal("reserve.node", SnapshotCase.Text(reserve, "node"), node);
            comparison.Equal("reserve.allBound", reserve.GetProperty("allBound").GetBoolean().ToString(), (world.Scheduler.ReservedVolumes(ObjectKey.Of(pod)) is null).ToString());
            world.CompareAssumed(comparison, "reserve.assumed", reserve);
        }

        return comparison.Outcome;
    }

    public static CaseOutcome VerifyTies(JsonElement testCase)
    {
        CaseReader.DemandOnly(testCase, "id", "covers", "cluster", "pod", "expect");
        var world = new VolumeWorld(testCase, null);
        var pod = CaseReader.Read<Pod>(testCase.GetProperty("pod"));
        var expect = testCase.GetProperty("expect");
        CaseReader.DemandOnly(expect, "feasible", "podVolumesAnyOf");
        var answer = world.Scheduler.Explain(pod);
        var comparison = new Comparison();
        comparison.Equal("feasible", Joined(expect, "feasible"), SnapshotCase.Joined(answer.FeasibleNodes));
        var answered = world.PodVolumes(pod, answer);
        foreach (var node in SnapshotCase.Members(expect, "podVolumesAnyOf"))
        {
            string[] outcomes = [.. node.Value.EnumerateArray().Select(VolumeWorld.Text)];
            var outcome = answered.GetValueOrDefault(node.Name);
            if (!outcomes.Contains(outcome, StringComparer.Ordinal))
            {
                comparison.Equal($"podVolumesAnyOf.{node.Name}", string.Join(" | ", outcomes), outcome);
            }

            answered.Remove(node.Name);
        }

        foreach (var (node, outcome) in answered)
        {
            comparison.Equal($"podVolumesAnyOf.{node}", null, outcome);
        }

        return comparison.Outcome;
    }

    /// <summary>Compares what decisions of all files tell, apart from scores.</summary>
    public static void Compare(Comparison comparison, string path, JsonElement expect, VolumeWorld world, Pod pod, SchedulingExplanation answer)
    {
        comparison.Equal(path + "result", SnapshotCase.Text(expect, "result"), SnapshotCase.ResultOf(answer.Result.Outcome));
        comparison.Equal(path + "error", SnapshotCase.Text(expect, "error"), answer.Result.Outcome == SchedulingOutcome.Error ? answer.Result.Message : null);
        if (answer.Result.Outcome == SchedulingOutcome.Error)
        {
            return;
        }

        ComparePreFilter(comparison, path, expect, answer);
        if (answer.Result.PreFilterStatus is null)
        {
            comparison.Equal(
                path + "filter",
                SnapshotCase.Members(expect, "filter").ToDictionary(static node => node.Name, static node => Text(node.Value), StringComparer.Ordinal),
                answer.NodeStatuses.ToDictionary(static node => node.NodeName, Text, StringComparer.Ordinal));
        }

        comparison.Equal(path + "feasible", Joined(expect, "feasible"), SnapshotCase.Joined(answer.FeasibleNodes));
        comparison.Equal(path + "best", Joined(expect, "best"), SnapshotCase.Joined(answer.BestNodes));
        comparison.Equal(path + "message", SnapshotCase.Text(expect, "message"), MessageOf(answer.Result));
        comparison.Equal(
            path + "podVolumes",
            SnapshotCase.Members(expect, "podVolumes").ToDictionary(static node => node.Name, static node => VolumeWorld.Text(node.Value), StringComparer.Ordinal),
            world.PodVolumes(pod, answer));
    }

    private static void ComparePreFilter(Comparison comparison, string path, JsonElement expect, SchedulingExplanation answer) => comparison.Equal(
        path + "preFilter",
        expect.TryGetProperty("preFilter", out var recorded) ? Text(SnapshotCase.Text(recorded, "plugin"), recorded) : null,
        answer.Result.PreFilterStatus is { } status ? Text(status) : null);

    /// <summary>The message without what preemption has to say.</summary>
    private static string? MessageOf(SchedulingResult result)
    {
        if (result.IsScheduled)
        {
            return null;
        }

        return result.Preemption is { Message.Length: > 0 and var length } ? result.Message[..^(length + 1)] : result.Message;
    }

    private static string Text(JsonElement node) =>
        $"{SnapshotCase.Text(node, "code")}: {SnapshotCase.Joined(node.GetProperty("plugins").EnumerateObject().Select(static plugin => Text(plugin.Name, plugin.Value)))}";

    private static string Text(Scheduling.NodeRejection node) => $"{node.Code}: {SnapshotCase.Joined(node.Plugins.Select(Text))}";

    private static string Text(string? plugin, JsonElement status)
    {
        CaseReader.DemandOnly(status, "plugin", "code", "reasons");
        return $"{plugin} {SnapshotCase.Text(status, "code")} [{string.Join(", ", status.GetProperty("reasons").EnumerateArray().Select(static reason => reason.GetString()))}]";
    }

    private static string Text(PluginStatus status) => $"{status.Plugin} {status.Code} [{string.Join(", ", status.Reasons)}]";

    private static string Joined(JsonElement expect, string name) =>
        SnapshotCase.Joined(expect.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(static item => item.GetString()) : []);
}
