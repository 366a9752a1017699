using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Batch.Forecast;
using K124.Sim.Conformance.Comparing;

namespace K124.Sim.Conformance.Jobs;

internal static partial class JobCases
{
    public static IEnumerable<string> ScenarioDifferences(JsonElement testCase, KubernetesRelease release)
    {
        var input = JsonNode.Parse(testCase.GetRawText())!.AsObject();
        var expected = input["expect"]!.DeepClone().AsObject();
        foreach (var name in new[] { "id", "baseId", "kubernetes", "covers", "expect" })
        {
            input.Remove(name);
        }

        var scenario = JobScenario.Parse(input.ToJsonString());
        var timeline = JobSimulation.Run(scenario with { Profile = scenario.Profile with { Release = release } });
        var actual = JsonNode.Parse(timeline.ToJson())!.AsObject();
        return JsonDifference.Between("expect", InComparableOrder(expected), InComparableOrder(actual));
    }

    /// <summary>Joins what happens at one instant by kind: the order between kinds, and among pods, is not part of the recording.</summary>
    private static JsonObject InComparableOrder(JsonObject run)
    {
        var instants = new JsonObject();
        foreach (var entry in run["timeline"]?.AsArray() ?? [])
        {
            var key = $"{entry!["atUs"]!.GetValue<long>():D15} {entry["kind"]!.GetValue<string>()}";
            if (instants[key] is not JsonArray list)
            {
                instants[key] = list = [];
            }

            switch (entry["kind"]!.GetValue<string>())
            {
                case "status":
                    list.Add(StatusNode(entry["status"]!.DeepClone()));
                    break;
                case "event":
                    list.Add(entry["event"]!.DeepClone());
                    break;
                default:
                    instants[key] = Sorted(list.Concat(entry["pods"]?.AsArray() ?? []).Select(pod => pod!.GetValue<string>()));
                    break;
            }
        }

        var checkpoints = new JsonArray();
        foreach (var checkpoint in run["checkpoints"]!.AsArray())
        {
            var copy = checkpoint!.DeepClone();
            if (copy["status"] is JsonObject status)
            {
                StatusNode(status);
            }

            copy["pods"] = new JsonArray([.. (copy["pods"]?.AsArray() ?? []).Select(pod => pod!.DeepClone()).OrderBy(pod => pod["id"]!.GetValue<string>(), StringComparer.Ordinal)]);
            checkpoints.Add(copy);
        }

        return new() { ["timeline"] = instants, ["checkpoints"] = checkpoints, ["metrics"] = Finished(run["metrics"]) };
    }

    /// <summary>The counters that scenarios record: syncs depend on how updates are joined.</summary>
    private static JsonObject Finished(JsonNode? metrics) => [.. (metrics?.AsObject() ?? [])
        .Where(metric => !metric.Key.StartsWith("job_sync_total", StringComparison.Ordinal))
        .Select(metric => KeyValuePair.Create(metric.Key, metric.Value?.DeepClone()))];
}
