using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Kinds;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Jobs;

internal static partial class JobCases
{
    // The recordings were made at a fixed time.
    private const string RecordedCreation = "2022-05-03T12:00:00Z";

    public static IEnumerable<string> ApiDifferences(JsonElement testCase)
    {
        var operation = testCase.GetProperty("op").GetString();
        var sent = ReadTree(testCase.GetProperty("object"));
        var resource = KindsWorld.ResourceOf(sent);
        var write = new StrategyWrite(resource, ReadGates(testCase));
        var actual = operation switch
        {
            "create" => Node("job", write.Create(sent, testCase.GetProperty("uid").GetString()!, RecordedCreation), write),
            "update" => Node("job", write.Update(sent, ReadTree(testCase.GetProperty("stored"))), write),
            "updateStatus" => Node("job", write.UpdateStatus(sent, ReadTree(testCase.GetProperty("stored"))), write),
            "validateCronJob" => Node("spec", write.Check(sent), write),
            _ => throw new JsonException($"unknown operation {operation}"),
        };
        if (operation == "validateCronJob" && actual["spec"] is JsonObject checkedTree)
        {
            actual = new() { ["valid"] = true, ["spec"] = checkedTree["spec"]!.DeepClone() };
        }

        var expected = JsonNode.Parse(testCase.GetProperty("expect").GetRawText())!.AsObject();
        if (expected["errors"] is JsonArray recorded && actual["errors"] is JsonArray decided)
        {
            SortErrors(expected, recorded);
            SortErrors(actual, decided);
            RemoveUnrecordedMessages(expected["errors"]!.AsArray(), actual["errors"]!.AsArray());
        }

        return JsonDifference.Between("expect", JsonDifference.Prune(expected, KeptMember), JsonDifference.Prune(actual, KeptMember));
    }

    private static JsonObject ReadTree(JsonElement json) => JsonNode.Parse(json.GetRawText())!.AsObject();

    private static JsonObject Node(string name, JsonObject? tree, StrategyWrite write) => tree is null ? ErrorsNode(write.Errors) : new() { [name] = tree };

    private static JsonObject ErrorsNode(ImmutableArray<FieldError> errors) => new()
    {
        ["errors"] = new JsonArray([.. errors.Select(error => new JsonObject
        {
            ["type"] = $"FieldValue{error.Type}",
            ["field"] = error.Field,
            ["detail"] = error.Detail,
            ["message"] = error.ToString(),
        })]),
    };

    private static void SortErrors(JsonObject owner, JsonArray errors) => owner["errors"] = new JsonArray([.. errors
        .Select(error => error!.DeepClone())
        .OrderBy(error => $"{error["field"]} {error["type"]} {error["detail"]}", StringComparer.Ordinal)]);

    /// <summary>A message that would print a whole object is not part of the recording.</summary>
    private static void RemoveUnrecordedMessages(JsonArray recorded, JsonArray decided)
    {
        for (var i = 0; i < recorded.Count && i < decided.Count; i++)
        {
            if (recorded[i]!["message"] is null)
            {
                decided[i]!.AsObject().Remove("message");
            }
        }
    }
}
