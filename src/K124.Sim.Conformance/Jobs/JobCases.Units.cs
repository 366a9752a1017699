using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Jobs;

internal static partial class JobCases
{
    public static IEnumerable<string> UnitDifferences(JsonElement testCase)
    {
        var function = testCase.GetProperty("fn").GetString();
        var actual = function switch
        {
            "parse" => IntervalsNode(CompletedIndexes.Parse(testCase.GetProperty("completedIndexes").GetString()!, testCase.GetProperty("completions").GetInt32())),
            "merge" => Merge(testCase),
            "firstPending" => FirstPending(testCase),
            "podNames" => Names(testCase),
            "indexAnnotation" => new JsonObject { ["index"] = PodReader.IndexOf(WithIndex(testCase.GetProperty("value").GetString()!)) },
            "backoff" => Backoff(testCase),
            "compareForDeletion" => Compare(testCase),
            "activePodsForRemoval" => Removal(testCase),
            _ => throw new JsonException($"unknown function {function}"),
        };
        return JsonDifference.Between("expect", JsonNode.Parse(testCase.GetProperty("expect").GetRawText()), actual);
    }

    private static JsonObject IntervalsNode(CompletedIndexes indexes)
    {
        var runs = new JsonArray();
        foreach (var run in indexes.Runs)
        {
            runs.Add(new JsonArray(run.First, run.Last));
        }

        return new() { ["format"] = indexes.ToString(), ["intervals"] = runs, ["total"] = indexes.Total };
    }

    private static CompletedIndexes ReadIntervals(JsonElement intervals) =>
        CompletedIndexes.Of([.. intervals.EnumerateArray().Select(run => new IndexRun(run[0].GetInt32(), run[1].GetInt32()))]);

    private static JsonObject Merge(JsonElement testCase)
    {
        var merged = ReadIntervals(testCase.GetProperty("intervals")).With(Integers(testCase.GetProperty("newIndexes")));
        var node = IntervalsNode(merged);
        node["hasQuery"] = merged.Contains(testCase.GetProperty("query").GetInt32());
        return node;
    }

    private static JsonObject FirstPending(JsonElement testCase)
    {
        var table = new JobPodTable(indexed: true, testCase.GetProperty("completions").GetInt32(), tracked: true);
        foreach (var text in Strings(testCase.GetProperty("activeIndexAnnotations")))
        {
            table.Add(new(PodPhase.Running, PodFlags.Claimed, (int)PodReader.IndexOf(WithIndex(text)), 0, 0, 0, 0));
        }

        var open = new List<int>();
        table.TakeOpenIndexes(ReadIntervals(testCase.GetProperty("succeeded")), testCase.GetProperty("count").GetInt32(), open);
        return new() { ["indexes"] = Numbers(open) };
    }

    private static JsonObject Names(JsonElement testCase)
    {
        var job = testCase.GetProperty("jobName").GetString()!;
        var index = testCase.GetProperty("index").GetInt32();
        return new()
        {
            ["hostname"] = JobPodNames.Hostname(job, index),
            ["indexedGenerateName"] = JobPodNames.Prefix(job, index),
            ["nonIndexedGenerateName"] = JobPodNames.Prefix(job),
        };
    }

    private static ObjectMeta WithIndex(string text) =>
        new() { Annotations = StringMap<string>.Empty.With(JobNames.CompletionIndexAnnotation, text) };

    private static JsonObject Backoff(JsonElement testCase)
    {
        var recorded = testCase.GetProperty("requeues").GetInt32();
        return new()
        {
            ["podFailureDelaySeconds"] = JobBackoff.PodFailureDelay(recorded).TotalSeconds,
            ["rateLimitedRequeueSeconds"] = JobBackoff.RetryDelay(recorded).TotalSeconds,
        };
    }

    private static JsonObject Compare(JsonElement testCase)
    {
        var table = new JobPodTable(indexed: false, 0, tracked: false);
        var first = table.Add(ReadOwned(testCase.GetProperty("a")));
        var second = table.Add(ReadOwned(testCase.GetProperty("b")));
        return new() { ["compare"] = Math.Sign(table.CompareForDeletion(first, second)) };
    }

    private static JsonObject Removal(JsonElement testCase)
    {
        var table = new JobPodTable(indexed: true, testCase.GetProperty("completions").GetInt32(), tracked: true);
        var names = new List<string>();
        foreach (var pod in testCase.GetProperty("pods").EnumerateArray())
        {
            table.Add(ReadOwned(pod));
            names.Add(pod.GetProperty("metadata").GetProperty("name").GetString()!);
        }

        var removed = new List<int>();
        table.TakeSurplus(testCase.GetProperty("removeAtLeast").GetInt32(), removed);
        return new() { ["removed"] = Sorted(removed.Select(pod => names[pod])) };
    }

    private static PodRow ReadOwned(JsonElement pod)
    {
        var row = PodReader.Read(KubernetesJson.Deserialize<Pod>(pod.GetRawText()), "", selector: null);
        return row with { Flags = row.Flags | PodFlags.Claimed };
    }
}
