using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Batch.Ttl;
using K124.Sim.Conformance.Comparing;

namespace K124.Sim.Conformance.Jobs;

internal static partial class JobCases
{
    public static IEnumerable<string> TtlDifferences(JsonElement testCase)
    {
        var cached = ReadJob(testCase.GetProperty("cachedJob"));
        var liveJson = testCase.GetProperty("liveJob");
        var live = liveJson.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String when liveJson.GetString() == "same" => cached,
            _ => ReadJob(liveJson),
        };
        var enqueued = TtlAfterFinished.Enqueues(cached);
        var decision = TtlAfterFinished.Decide(cached, live, testCase.GetProperty("now").GetDateTimeOffset());
        var actual = new JsonObject { ["enqueuedByJobEvent"] = enqueued, ["deleted"] = decision.Deletes };
        AddIf(actual, "error", decision.Error);
        AddList(actual, "requeueAfterSeconds", [.. decision.RequeueAfter.Select(delay => (JsonNode)Seconds(delay))]);
        if (decision.Deletes)
        {
            actual["propagationPolicy"] = "Foreground";
            actual["preconditionUID"] = live!.Metadata.Uid;
        }

        return JsonDifference.Between("expect", JsonNode.Parse(testCase.GetProperty("expect").GetRawText()), actual);
    }
}
