using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.Model;
using K124.Sim.Policy;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded arithmetic of the horizontal autoscaler.</summary>
internal static class ScalingCases
{
    public static CaseOutcome Verify(RecordedCase recorded)
    {
        var json = recorded.Json;
        var actual = json.GetProperty("fn").GetString() == "hpaNormalize" ? Normalize(json) : Propose(json);
        return CaseOutcome.Of(JsonDifference.Between("expect", ModelJson.Tree(recorded.Expect), actual));
    }

    private static JsonObject Propose(JsonElement json)
    {
        var now = json.GetProperty("now").GetDateTimeOffset();
        var timing = new HorizontalScalingTiming(
            json.GetProperty("tolerance").GetDouble(), Seconds(json, "cpuInitializationPeriodSeconds"), Seconds(json, "initialReadinessDelaySeconds"));
        var scaling = new HorizontalScaling(timing, now);
        Pod[] pods = json.GetProperty("pods").ValueKind == JsonValueKind.Array ? [.. CaseReader.ReadAll<Pod>(json, "pods")] : [];
        var metrics = json.TryGetProperty("metrics", out var values) && values.ValueKind == JsonValueKind.Object
            ? values.EnumerateObject().ToDictionary(static entry => entry.Name, static entry => Metric(entry.Value), StringComparer.Ordinal)
            : [];
        var current = json.GetProperty("currentReplicas").GetInt32();
        var target = json.GetProperty("target").GetInt64();
        var fn = json.GetProperty("fn").GetString();
        var proposal = fn switch
        {
            "hpaResourceUtilization" => scaling.ByUtilization(pods, metrics, "cpu", current, (int)target),
            "hpaResourceValue" => scaling.ByPodValue(pods, metrics, isCpu: true, current, target),
            "hpaPodsMetric" => scaling.ByPodValue(pods, metrics, isCpu: false, current, target),
            "hpaObjectValue" => scaling.ByValue(pods, json.GetProperty("objectMetric").GetInt64(), current, target),
            "hpaObjectAverage" => scaling.ByAverage(json.GetProperty("objectMetric").GetInt64(), current, target),
            "hpaExternalValue" => scaling.ByValue(pods, External(json), current, target),
            "hpaExternalAverage" => scaling.ByAverage(External(json), current, target),
            _ => throw new JsonException($"unknown function {fn}"),
        };
        if (proposal.Error is { } error)
        {
            return new() { ["error"] = error };
        }

        var actual = new JsonObject { ["replicas"] = proposal.Replicas, ["utilization"] = proposal.Utilization };
        if (fn == "hpaResourceUtilization")
        {
            actual["rawUtilization"] = proposal.RawUtilization;
        }

        return actual;
    }

    private static JsonObject Normalize(JsonElement json)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(1);
        var stabilization = new HorizontalStabilization(now);
        var (current, desired) = (json.GetProperty("currentReplicas").GetInt32(), json.GetProperty("desiredReplicas").GetInt32());
        var (min, max) = (json.GetProperty("minReplicas").GetInt32(), json.GetProperty("maxReplicas").GetInt32());
        var window = Seconds(json, "downscaleStabilizationSeconds");
        var recommendations = Records(json, "recommendations", now);
        var result = Behavior(json) is { } behavior
            ? stabilization.ByBehavior(
                behavior, current, desired, min, max, window, recommendations, Records(json, "scaleUpEvents", now), Records(json, "scaleDownEvents", now))
            : stabilization.Plain(current, desired, min, max, window, recommendations);
        return new()
        {
            ["replicas"] = result.Replicas,
            ["conditions"] = new JsonArray(
                Condition("AbleToScale", "True", result.AbleToScale.Reason, result.AbleToScale.Message),
                Condition("ScalingLimited", result.ScalingLimited.Status ? "True" : "False", result.ScalingLimited.Reason, result.ScalingLimited.Message)),
            ["recommendationsAfter"] = new JsonArray([.. result.Recommendations.Select(record => new JsonObject
            {
                ["secondsAgo"] = (decimal)(now - record.Time).TotalSeconds,
                ["value"] = record.Value,
            })]),
        };
    }

    private static JsonObject Condition(string type, string status, string reason, string message) =>
        new() { ["type"] = type, ["status"] = status, ["reason"] = reason, ["message"] = message };

    private static HorizontalPodAutoscalerBehavior? Behavior(JsonElement json)
    {
        if (!json.TryGetProperty("behavior", out var behavior) || behavior.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var autoscaler = new JsonObject { ["spec"] = new JsonObject { ["behavior"] = JsonNode.Parse(behavior.GetRawText()) } };
        using var document = JsonDocument.Parse(autoscaler.ToJsonString());
        return CaseReader.Read<HorizontalPodAutoscaler>(document.RootElement).Spec.Behavior;
    }

    private static ImmutableArray<ScalingRecord> Records(JsonElement json, string name, DateTimeOffset now) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(record =>
                new ScalingRecord(record.GetProperty("value").GetInt32(), now.AddSeconds(-record.GetProperty("secondsAgo").GetDouble())))]
            : [];

    private static PodMetric Metric(JsonElement json) =>
        new(json.GetProperty("value").GetInt64(), json.GetProperty("timestamp").GetDateTimeOffset(), Seconds(json, "windowSeconds"));

    private static long External(JsonElement json) => json.GetProperty("externalMetrics").EnumerateArray().Sum(static value => value.GetInt64());

    private static TimeSpan Seconds(JsonElement json, string name) => TimeSpan.FromSeconds(json.GetProperty(name).GetDouble());
}
