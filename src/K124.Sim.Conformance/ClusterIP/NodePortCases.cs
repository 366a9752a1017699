using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Networking;

namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Node ports and their transactions.</summary>
internal static class NodePortCases
{
    public static CaseOutcome Verify(JsonElement testCase)
    {
        if (!NodePortSpan.TryParse(testCase.Text("portRange"), out var ports))
        {
            throw new JsonException("portRange is not a span of ports");
        }

        var draws = new RecordedDraws();
        var range = new NodePortRange(ports, draws);
        var expect = testCase.GetProperty("expect");
        var differences = ImmutableArray.CreateBuilder<string>();
        differences.Compare("expect.size", expect.GetProperty("size"), ports.Count);
        var index = 0;
        foreach (var (operation, recorded) in testCase.GetProperty("ops").EnumerateArray().Zip(expect.GetProperty("results").EnumerateArray()))
        {
            draws.Expect(operation.Draws());
            differences.Compare($"expect.results[{index}]", recorded, Run(operation, range, draws));
            if (draws.Finish() is { } problem)
            {
                differences.Add($"ops[{index}]: {problem}");
            }

            index++;
        }

        return differences.ToOutcome();
    }

    private static JsonObject Run(JsonElement operation, NodePortRange range, RecordedDraws draws)
    {
        switch (operation.Text("op"))
        {
            case "allocate":
                return CaseParts.Outcome(range.TryAllocate(Port(operation)));
            case "allocateNext":
                return Drawn(range.TryAllocateNext());
            case "release":
                return CaseParts.Outcome(range.Release(Port(operation)));
            case "has":
                return new() { ["has"] = range.Has(Port(operation)) };
            case "snapshot":
                var snapshot = range.Snapshot();
                return new() { ["range"] = snapshot.Range, ["data"] = CaseParts.Base64(snapshot), ["free"] = range.Free, ["used"] = range.Used };
            case "restore":
                return CaseParts.Outcome(range.TryRestore(operation.Allocation()));
            case "forEach":
                return new() { ["ports"] = CaseParts.Array(range.Allocated()) };
            case "operation":
                return RunTransaction(operation, range, draws);
            case var unknown:
                throw new JsonException($"unknown operation '{unknown}'");
        }
    }

    private static JsonObject RunTransaction(JsonElement operation, NodePortRange range, RecordedDraws draws)
    {
        var transaction = new NodePortOperation(range, operation.Flag("dryRun"));
        var steps = new JsonArray();
        foreach (var step in operation.GetProperty("steps").EnumerateArray())
        {
            draws.Expect(step.Draws());
            switch (step.Text("op"))
            {
                case "allocate":
                    steps.Add(CaseParts.Outcome(transaction.TryAllocate(Port(step))));
                    break;
                case "allocateNext":
                    steps.Add(Drawn(transaction.TryAllocateNext()));
                    break;
                case "releaseDeferred":
                    transaction.ReleaseDeferred(Port(step));
                    steps.Add(CaseParts.Ok());
                    break;
                case var unknown:
                    throw new JsonException($"unknown step '{unknown}'");
            }
        }

        if (operation.Text("end") == "commit")
        {
            transaction.Commit();
        }
        else
        {
            transaction.Rollback();
        }

        return new() { ["steps"] = steps, ["free"] = range.Free, ["used"] = range.Used };
    }

    private static int Port(JsonElement operation) => operation.GetProperty("port").GetInt32();

    private static JsonObject Drawn(NodePortResult result) => result.Succeeded ? new() { ["port"] = result.Port } : CaseParts.Outcome(result);
}
