using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Platform;

/// <summary>Settings of feature gates, one call after the other.</summary>
internal static class FeatureGateCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var gates = FeatureGates.Default;
        var steps = new JsonArray();
        foreach (var (call, recorded) in testCase.Json.Texts("calls").Zip(testCase.Expect.GetProperty("steps").EnumerateArray()))
        {
            var change = gates.Set(call);
            gates = change.Gates ?? gates;
            steps.Add((JsonNode)new JsonObject
            {
                ["errors"] = Errors(change.Error, recorded),
                ["warnings"] = change.Error is null ? CaseJson.Array(change.Warnings.Order(StringComparer.Ordinal)) : [],
                ["set"] = new JsonObject(gates.Settings.Select(setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, Text(setting.Value)))),
            });
        }

        var expected = JsonNode.Parse(testCase.Expect.GetRawText())!.AsObject();
        foreach (var step in expected["steps"]!.AsArray())
        {
            // A gate that is set to off is told apart from one that is not set.
            var set = step!["set"] as JsonObject ?? [];
            step["set"] = new JsonObject(set.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, Text(member.Value!.GetValue<bool>()))));
        }

        return CaseOutcome.Of(Comparing.JsonDifference.Between("expect", CaseJson.Shorten(expected), CaseJson.Shorten(new JsonObject { ["steps"] = steps })));
    }

    /// <summary>Where several settings are wrong, 1.24 reports any one of them.</summary>
    private static JsonArray Errors(string? error, JsonElement recorded)
    {
        if (error is null)
        {
            return [];
        }

        string[] legal = [.. recorded.Texts("errors")];
        return CaseJson.Array(legal.Contains(error, StringComparer.Ordinal) ? legal : [error]);
    }

    private static string Text(bool value) => value ? "on" : "off";
}
