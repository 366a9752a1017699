using System.Text.Json.Nodes;
using K124.Sim.Platform.Watching;

namespace K124.Sim.Conformance.Platform;

/// <summary>A watch that goes on after its server was started again: the new server knows no more than its first list.</summary>
internal static class WatchResumeCases
{
    private const int Gone = 410;

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var history = testCase.Json.GetProperty("history");
        var cache = new WatchCache<string>(_ => history.OptionalLong("lastChangeOfType") ?? 0);
        cache.Replace([KeyValuePair.Create("x", "x")], history.OptionalLong("listResourceVersionAfterRestart") ?? 0);
        var answer = cache.Watch(testCase.Json.OptionalLong("resumeFrom") ?? 0);
        return CaseJson.Compare(testCase, new JsonObject
        {
            ["events"] = answer.Succeeded
                ? CaseJson.Nodes(answer.Events.Select(told => (JsonNode)new JsonObject { ["type"] = told.Kind.ToString().ToUpperInvariant(), ["item"] = told.Object }))
                : new JsonArray(new JsonObject { ["type"] = "ERROR", ["code"] = Gone, ["reason"] = "Expired", ["message"] = answer.Expired }),
        });
    }
}
