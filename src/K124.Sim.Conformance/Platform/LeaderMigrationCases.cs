using System.Text.Json.Nodes;
using K124.Sim.Platform.LeaderMigration;

namespace K124.Sim.Conformance.Platform;

/// <summary>Configurations of leader migration and where they have controllers run.</summary>
internal static class LeaderMigrationCases
{
    private const string BuiltIn = "default";

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var input = testCase.Json.GetProperty("input");
        var config = LeaderMigrationConfig.Default;
        if (input.Text("config") is var text && text != BuiltIn && !LeaderMigrationConfig.TryParse(ConfigText.Json(text), out config, out var problem))
        {
            return CaseJson.Compare(testCase, new JsonObject { ["readError"] = problem });
        }

        var component = input.Text("component");
        return CaseJson.Compare(testCase, new JsonObject
        {
            ["leaderName"] = config.LeaderName,
            ["resourceLock"] = config.ResourceLock,
            ["errors"] = CaseJson.Array(config.Validate()),
            ["assign"] = new JsonObject(input.Texts("controllers").Select(controller =>
                KeyValuePair.Create<string, JsonNode?>(controller, config.Assign(component, controller).ToString()))),
        });
    }
}
