using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Kinds.Validation;
using K124.Sim.Kinds.Workloads;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>What a scenario must keep to, beyond the types of its members.</summary>
internal static class JobScenarioRules
{
    private const string IdentityForm = "is no identity of a pod such as p.3 or i7.1";

    /// <summary>The first thing that is wrong: the member's path in JSON, and what is wrong with it.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="mayLackJob">Whether the Job may still be missing.</param>
    public static (string Path, string Message)? FindProblem(JobScenario scenario, bool mayLackJob = false)
    {
        if (scenario.Duration < TimeSpan.Zero || scenario.Duration > DateTimeOffset.MaxValue - scenario.Start)
        {
            return ("endUs", "must not be negative, nor lead past the year 9999");
        }

        if (scenario.GarbageCollectionDelay < TimeSpan.Zero)
        {
            return ("gcUs", "must not be negative");
        }

        if (!(mayLackJob && scenario.Job == new Job()) && FindProblem(scenario.Job) is { } jobProblem)
        {
            return jobProblem;
        }

        if (FindProblem(scenario.World) is { } worldProblem)
        {
            return worldProblem;
        }

        for (var i = 0; i < scenario.Actions.Length; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"actions[{i}]");
            if (scenario.Actions[i] is not { } action)
            {
                return (path, "an action is null");
            }

            if (FindProblem(action) is { } problem)
            {
                return ($"{path}.{problem.Path}", problem.Message);
            }
        }

        foreach (var (identity, plan) in scenario.PodPlans)
        {
            if (plan is null)
            {
                return ($"podPlans['{identity}']", "a plan is null");
            }

            if (!TryReadIdentity(identity, out _, out _))
            {
                return ("podPlans", $"'{identity}' {IdentityForm}");
            }

            if (FindProblem(plan) is { } problem)
            {
                return ($"podPlans['{identity}'].{problem.Path}", problem.Message);
            }
        }

        return scenario.DefaultPodPlan is { } otherwise && FindProblem(otherwise) is { } defaultProblem
            ? ($"defaultPodPlan.{defaultProblem.Path}", defaultProblem.Message)
            : null;
    }

    /// <summary>The first thing that is wrong with a stored Job, of what no Job that the server takes can have.</summary>
    public static (string Path, string Message)? FindProblem(Job job)
    {
        var errors = new FieldErrors();
        JobSpecRules.SelectorAndNumbers(JsonNode.Parse(KubernetesJson.Serialize(job))!["spec"]!.AsObject(), FieldPath.Of("spec"), errors);
        return errors.ToImmutable() is [var first, ..] ? ("job", $"the API server refuses it: {first}") : null;
    }

    /// <summary>The first thing that is wrong with the options of a world.</summary>
    public static (string Path, string Message)? FindProblem(JobWorldOptions world)
    {
        foreach (var (name, milliseconds) in new[]
        {
            ("watchLatencyMilliseconds", world.WatchLatencyMilliseconds),
            ("watchJitterMilliseconds", world.WatchJitterMilliseconds),
            ("apiLatencyMilliseconds", world.ApiLatencyMilliseconds),
        })
        {
            if (milliseconds < 0)
            {
                return ($"world.{name}", "must not be negative");
            }
        }

        return world.FailureProbability is >= 0 and <= 1 ? null : ("world.failureProbability", "must lie between 0 and 1");
    }

    /// <summary>Reads <c>p.3</c> as the third pod, or <c>i7.1</c> as the first for index 7.</summary>
    /// <param name="text">The identity.</param>
    /// <param name="index">The index; −1 for none.</param>
    /// <param name="attempt">Which pod, from 1.</param>
    public static bool TryReadIdentity(string text, out int index, out int attempt)
    {
        index = -1;
        attempt = 0;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && (text[..dot] is "p" || (text[0] == 'i' && TryReadNumber(text.AsSpan(1, dot - 1), out index)))
            && TryReadNumber(text.AsSpan(dot + 1), out attempt)
            && attempt > 0;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (text.Length == 1 || text[0] != '0');

    /// <summary>The first thing that is wrong with an action.</summary>
    public static (string Path, string Message)? FindProblem(JobAction action)
    {
        if (action.At < TimeSpan.Zero)
        {
            return ("atUs", "must not be negative");
        }

        switch (action.Operation)
        {
            case JobOperation.SetParallelism or JobOperation.SetBackoffLimit:
                return action.Number is >= 0 and <= int.MaxValue ? null : ("int", "must be a number from 0 to 2147483647");
            case JobOperation.SetActiveDeadlineSeconds:
                return action.Number is null or >= 0 ? null : ("int", "must not be negative");
            case JobOperation.DeletePod or JobOperation.ForceDeletePod:
                return TryReadIdentity(action.Target, out _, out _) ? null : ("str", $"'{action.Target}' {IdentityForm}");
            case JobOperation.PodPhase:
                var equals = action.Target.IndexOf('=', StringComparison.Ordinal);
                return equals > 0 && TryReadIdentity(action.Target[..equals], out _, out _) && PodReader.PhaseOf(action.Target[(equals + 1)..]) != PodPhase.None
                    ? null
                    : ("str", $"'{action.Target}' is no pod and phase such as p.3=Failed");
            case JobOperation.DeleteJob:
                return action.Target is "" or "Background" or "Foreground" or "Orphan"
                    ? null
                    : ("str", $"'{action.Target}' is not Background, Foreground or Orphan");
            default:
                return null;
        }
    }

    private static (string Path, string Message)? FindProblem(PodPlan plan) =>
        plan.Outcome is not ("" or "Succeeded" or "Failed") ? ("outcome", $"'{plan.Outcome}' is not Succeeded or Failed")
        : plan.TerminatePhase is not ("" or "Succeeded" or "Failed") ? ("terminatePhase", $"'{plan.TerminatePhase}' is not Succeeded or Failed")
        : null;
}
