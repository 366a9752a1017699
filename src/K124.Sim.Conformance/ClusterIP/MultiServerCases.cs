using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Several API servers over one stored object.</summary>
internal static class MultiServerCases
{
    public static CaseOutcome Verify(JsonElement testCase)
    {
        var cidr = ServiceCidr.Parse(testCase.Text("cidr"));
        var draws = new RecordedDraws();
        var options = new ServiceIPRangeOptions { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", testCase.Flag("serviceIPStaticSubrange")), Random = draws };
        var store = new RangeAllocationStore();
        var servers = Enumerable.Range(0, testCase.GetProperty("servers").GetInt32())
            .Select(_ => new ServiceIPAllocator(cidr, store, options))
            .ToImmutableArray();
        var expect = testCase.GetProperty("expect");
        var differences = ImmutableArray.CreateBuilder<string>();
        var index = 0;
        foreach (var (operation, recorded) in testCase.GetProperty("ops").EnumerateArray().Zip(expect.GetProperty("results").EnumerateArray()))
        {
            var name = operation.GetProperty("server");
            var server = name.ValueKind == JsonValueKind.Number
                ? servers[name.GetInt32()]
                : new ServiceIPAllocator(ServiceCidr.Parse(operation.Text("range")), store, options);
            var before = store.Current?.ResourceVersion;
            draws.Expect(operation.Draws());
            var actual = Run(operation, server);
            actual["wrote"] = store.Current?.ResourceVersion != before;
            differences.Compare($"expect.results[{index}]", recorded, actual);
            if (draws.Finish() is { } problem)
            {
                differences.Add($"ops[{index}]: {problem}");
            }

            index++;
        }

        var stored = store.Current ?? new();
        differences.Compare("expect.stored", expect.GetProperty("stored"), new JsonObject { ["range"] = stored.Range, ["data"] = CaseParts.Base64(stored) });
        return differences.ToOutcome();
    }

    private static JsonObject Run(JsonElement operation, ServiceIPAllocator server)
    {
        switch (operation.Text("op"))
        {
            case "allocate":
                return Outcome(server.TryAllocate(ServiceIP.Parse(operation.Text("ip"))));
            case "allocateNext":
                var result = server.TryAllocateNext();
                return result.Succeeded ? new() { ["ip"] = result.Address.ToString() } : Outcome(result);
            case "release":
                return Outcome(server.Release(ServiceIP.Parse(operation.Text("ip"))));
            case "localView":
                return new() { ["has"] = server.Has(ServiceIP.Parse(operation.Text("ip"))), ["free"] = server.Free, ["used"] = server.Used };
            case "createOrUpdate":
                // Versions are the store's own; "stale" stands for one that it never gives.
                return Outcome(server.CreateOrUpdate(operation.Allocation() with { ResourceVersion = operation.Text("resourceVersion") }));
            case var unknown:
                throw new JsonException($"unknown operation '{unknown}'");
        }
    }

    // The bitmap layer's mismatch is not the range's error value.
    private static JsonObject Outcome(ServiceIPResult result) => result.Status == AllocationStatus.RangeMismatch
        ? new() { ["err"] = "Other", ["msg"] = result.Message }
        : CaseParts.Outcome(result);
}
