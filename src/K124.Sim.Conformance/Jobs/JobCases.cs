using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Batch.Jobs;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Jobs;

/// <summary>Runs recorded cases of the Job controller, the Job API and the TTL controller.</summary>
internal static partial class JobCases
{
    private const string KeptMember = "uncountedTerminatedPods";
    private const int FirstPatchThatRearms = 3;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>The release that a case was recorded from: its own if it names one; else 1.24.0, or the first with the later deadline timer.</summary>
    public static KubernetesRelease ReleaseOf(string fileName, JsonElement testCase) =>
        testCase.TryGetProperty("kubernetes", out var named) ? KubernetesRelease.Parse(named.GetString()!)
        : KubernetesRelease.OfPatch(fileName.Contains("deadline-rearm", StringComparison.Ordinal) ? FirstPatchThatRearms : 0);

    /// <summary>A delay in seconds as Go gives it: whole seconds, and the rest added to them as doubles.</summary>
    private static double Seconds(TimeSpan delay) =>
        (delay.Ticks / TimeSpan.TicksPerSecond) + ((double)(delay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick) / NanosecondsPerSecond);

    private static FeatureGates ReadGates(JsonElement testCase) => testCase.TryGetProperty("gates", out var given)
        ? given.EnumerateObject().Aggregate(FeatureGates.Default, static (gates, gate) => gates.With(gate.Name, gate.Value.GetBoolean()))
        : FeatureGates.Default;

    private static Job ReadJob(JsonElement json) => KubernetesJson.Deserialize<Job>(json.GetRawText());

    private static JsonNode? ToNode<T>(T value) =>
        JsonDifference.Prune(JsonSerializer.SerializeToNode(value, (JsonTypeInfo<T>)ModelJsonOptions.Shared.GetTypeInfo(typeof(T))), KeptMember);

    /// <summary>A status with the uncounted UIDs in order, since Kubernetes guarantees none.</summary>
    private static JsonNode StatusNode(JsonNode? status)
    {
        var node = status ?? new JsonObject();
        if (node[KeptMember] is JsonObject uncounted)
        {
            foreach (var (name, uids) in uncounted.ToArray())
            {
                uncounted[name] = Sorted(uids!.AsArray().Select(uid => uid!.GetValue<string>()));
            }
        }

        return node;
    }

    private static JsonArray Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal).Select(text => (JsonNode)text)];

    private static JsonArray Numbers(IEnumerable<int> numbers) => [.. numbers.Select(number => (JsonNode)number)];

    private static JsonNode EventNode(JobEvent jobEvent) =>
        new JsonObject { ["type"] = jobEvent.Type, ["reason"] = jobEvent.Reason, ["message"] = jobEvent.Message };

    private static JsonObject MetricsNode(StringMap<long> metrics) => [.. metrics.Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value))];

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt32())];
}
