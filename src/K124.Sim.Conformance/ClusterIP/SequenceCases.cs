using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Sequences of operations on one range, with the draws of the real run.</summary>
internal static class SequenceCases
{
    public static CaseOutcome Verify(JsonElement testCase)
    {
        using var metrics = new ServiceIPMetrics();
        var draws = new RecordedDraws();
        var range = new ServiceIPRange(testCase.Text("cidr"), new()
        {
            Profile = ClusterProfile.Of(Release(testCase.Text("kubernetes"))).With("ServiceIPStaticSubrange", testCase.Flag("serviceIPStaticSubrange")),
            Random = draws,
            Metrics = metrics,
        });
        var expect = testCase.GetProperty("expect");
        var differences = ImmutableArray.CreateBuilder<string>();
        differences.Compare("expect.max", expect.GetProperty("max"), range.Cidr.UsableCount);
        differences.Compare("expect.staticBandSize", expect.GetProperty("staticBandSize"), range.StaticBandSize);
        var index = 0;
        foreach (var (operation, recorded) in testCase.GetProperty("ops").EnumerateArray().Zip(expect.GetProperty("results").EnumerateArray()))
        {
            draws.Expect(operation.Draws());
            differences.Compare($"expect.results[{index}]", recorded, Run(operation, range, metrics));
            if (draws.Finish() is { } problem)
            {
                differences.Add($"ops[{index}]: {problem}");
            }

            index++;
        }

        return differences.ToOutcome();
    }

    private static KubernetesRelease Release(string text) => text == "1.24.1+" ? KubernetesRelease.OfPatch(1) : KubernetesRelease.Parse(text);

    private static JsonObject Run(JsonElement operation, ServiceIPRange range, ServiceIPMetrics metrics)
    {
        switch (operation.Text("op"))
        {
            case "allocate":
                return CaseParts.Outcome(range.TryAllocate(Address(operation)));
            case "allocateNext":
                return AllocateNext(range);
            case "release":
                return CaseParts.Outcome(range.Release(Address(operation)));
            case "has":
                return new() { ["has"] = range.Has(Address(operation)) };
            case "counts":
                return new() { ["free"] = range.Free, ["used"] = range.Used };
            case "snapshot":
                var snapshot = range.Snapshot();
                return new() { ["range"] = snapshot.Range, ["data"] = CaseParts.Base64(snapshot), ["free"] = range.Free, ["used"] = range.Used };
            case "restore":
                var restored = CaseParts.Outcome(range.TryRestore(operation.Allocation()));
                restored["free"] = range.Free;
                restored["used"] = range.Used;
                return restored;
            case "forEach":
                return new() { ["ips"] = CaseParts.Array(range.Allocated().Select(address => address?.ToString() ?? "<nil>")) };
            case "dryRunAllocate":
                return CaseParts.Outcome(range.DryRun().TryAllocate(Address(operation)));
            case "dryRunAllocateNext":
                return new() { ["ip"] = range.DryRun().TryAllocateNext().Address.ToString() };
            case "dryRunRelease":
                return CaseParts.Outcome(range.DryRun().Release(Address(operation)));
            case "metrics":
                return Metrics(metrics.Read(range.Cidr));
            case var unknown:
                throw new JsonException($"unknown operation '{unknown}'");
        }
    }

    private static ServiceIP Address(JsonElement operation) => ServiceIP.Parse(operation.Text("ip"));

    private static JsonObject AllocateNext(ServiceIPRange range)
    {
        var before = range.Allocated().ToHashSet();
        var result = range.TryAllocateNext();
        if (!result.Succeeded)
        {
            return CaseParts.Outcome(result);
        }

        var found = new JsonObject
        {
            ["ip"] = result.Address.ToString(),
            ["band"] = range.BandOf(result.Address!.Value) == ServiceIPBand.Static ? "lower" : "upper",
        };
        if (before.Contains(result.Address!.Value))
        {
            found["duplicate"] = true;
        }

        return found;
    }

    private static JsonObject Metrics(ServiceIPMetricValues values)
    {
        var result = new JsonObject
        {
            ["allocation_total{static}"] = values.StaticAllocations,
            ["allocation_total{dynamic}"] = values.DynamicAllocations,
            ["allocation_errors_total{static}"] = values.StaticErrors,
            ["allocation_errors_total{dynamic}"] = values.DynamicErrors,
        };
        if (values.AllocatedIPs is { } allocated)
        {
            result["allocated_ips"] = allocated;
            result["available_ips"] = values.AvailableIPs;
        }

        return result;
    }
}
