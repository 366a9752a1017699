using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Kinds;

namespace K124.Sim.Conformance.Platform;

/// <summary>References of nodes to the configuration of their kubelet, with the gate on and off.</summary>
internal static class NodeConfigurationCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var json = testCase.Json;
        var steps = ApiSteps.Of("v1", "Node", json);
        if (json.Member("storedBefore") is { } before)
        {
            steps.Stored = Body(before.Member("spec.configSource"), before.Member("status.config"));
            steps.Stored["metadata"]!["resourceVersion"] = "1";
        }

        var comparison = new Comparison();
        foreach (var (step, expected) in json.Items("steps").Zip(testCase.Expect.Items("steps")))
        {
            var body = Body(step.Member("configSource"), step.Member("statusConfig"));
            var error = step.Text("op") switch
            {
                "create" => steps.Create(body),
                "update" => steps.Update(body),
                _ => steps.Update(body, "status"),
            };
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

    private static JsonObject Body(JsonElement? source, JsonElement? status)
    {
        var body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = ApiSteps.Name } };
        if (source is { } spec)
        {
            body["spec"] = new JsonObject { ["configSource"] = JsonNode.Parse(spec.GetRawText()) };
        }

        if (status is { } told)
        {
            body["status"] = new JsonObject { ["config"] = JsonNode.Parse(told.GetRawText()) };
        }

        return body;
    }

    private static JsonObject Stored(JsonObject node)
    {
        var stored = new JsonObject();
        if (node.Object("spec", "configSource") is { } source)
        {
            stored["spec.configSource"] = source.DeepClone();
        }

        if (node.Object("status", "config") is { } config)
        {
            stored["status.config"] = config.DeepClone();
        }

        return stored;
    }
}
