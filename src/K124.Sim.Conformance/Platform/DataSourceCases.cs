using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Kinds;

namespace K124.Sim.Conformance.Platform;

/// <summary>What claims say their volumes are filled from.</summary>
internal static class DataSourceCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var steps = ApiSteps.Of("v1", "PersistentVolumeClaim", testCase.Json);
        var comparison = new Comparison();
        foreach (var (step, expected) in testCase.Json.Items("steps").Zip(testCase.Expect.Items("steps")))
        {
            var isCreate = step.Text("op") == "create";
            if (!isCreate && steps.Stored is null)
            {
                continue;
            }

            var body = Body(step.GetProperty(isCreate ? "spec" : "sent"));
            var error = isCreate ? steps.Create(body) : steps.Update(body);
            var differences = expected.Member("error") is { } recorded ? ApiSteps.ErrorDifferences(recorded, error)
                : error is not null ? [$"recorded an object, answered {error.Message}"]
                : JsonDifference.Between("stored", JsonNode.Parse(expected.GetProperty("stored").GetRawText()), Stored(steps.Stored!));
            foreach (var difference in differences)
            {
                comparison.Differs(difference);
            }
        }

        return comparison.Outcome;
    }

    private static JsonObject Body(JsonElement sources)
    {
        var spec = (JsonObject)JsonNode.Parse(sources.GetRawText())!;
        spec["accessModes"] = new JsonArray(JsonValue.Create("ReadWriteOnce"));
        spec["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = "1Gi" } };
        return new() { ["metadata"] = new JsonObject { ["name"] = ApiSteps.Name }, ["spec"] = spec };
    }

    private static JsonObject Stored(JsonObject claim)
    {
        var stored = new JsonObject();
        foreach (var member in (ReadOnlySpan<string>)["dataSource", "dataSourceRef"])
        {
            if (claim.Object("spec", member) is { } source)
            {
                stored[member] = source.DeepClone();
            }
        }

        return stored;
    }
}
