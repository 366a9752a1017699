using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Networking;

namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Usable addresses, bands and edges of blocks; ranges made from stored forms.</summary>
internal static class RangeCases
{
    public static CaseOutcome VerifyRange(JsonElement testCase)
    {
        var cidr = ServiceCidr.Parse(testCase.Text("cidr"));
        var expect = testCase.GetProperty("expect");
        var range = new ServiceIPRange(cidr);
        var actual = new JsonObject
        {
            ["family"] = cidr.Family.ToString(),
            ["max"] = cidr.UsableCount,
            ["free"] = range.Free,
            ["used"] = range.Used,
            ["rangeSpec"] = range.Snapshot().Range,
            ["staticBandSizeGateOff"] = range.StaticBandSize,
            ["staticBandSizeGateOn"] = cidr.StaticBandSize,
            ["allocateOnEmpty"] = AllocateOnEmpty(range, expect.GetProperty("allocateOnEmpty")),
        };
        if (cidr.UsableCount > 0)
        {
            actual["firstUsable"] = cidr.AddressAt(0).ToString();
            actual["lastUsable"] = cidr.AddressAt(cidr.UsableCount - 1).ToString();
            if (cidr.StaticBandSize < cidr.UsableCount)
            {
                actual["firstDynamic"] = cidr.AddressAt(cidr.StaticBandSize).ToString();
            }
        }
        else
        {
            actual["allocateNextOnEmpty"] = CaseParts.Outcome(range.TryAllocateNext());
        }

        var differences = ImmutableArray.CreateBuilder<string>();
        differences.Compare("expect", expect, actual);
        return differences.ToOutcome();
    }

    public static CaseOutcome VerifyFromSnapshot(JsonElement testCase)
    {
        var made = ServiceIPRange.TryFromSnapshot(testCase.Allocation(), out var range);
        var actual = CaseParts.Outcome(made);
        if (range is not null)
        {
            var snapshot = range.Snapshot();
            actual["cidr"] = range.Cidr.ToString();
            actual["free"] = range.Free;
            actual["used"] = range.Used;
            actual["range"] = snapshot.Range;
            actual["data"] = CaseParts.Base64(snapshot);
        }

        var differences = ImmutableArray.CreateBuilder<string>();
        differences.Compare("expect", testCase.GetProperty("expect"), actual);
        return differences.ToOutcome();
    }

    private static JsonArray AllocateOnEmpty(ServiceIPRange range, JsonElement recorded)
    {
        var results = new JsonArray();
        foreach (var entry in recorded.EnumerateArray())
        {
            var address = ServiceIP.Parse(entry.Text("ip"));
            var result = CaseParts.Outcome(range.TryAllocate(address));
            range.Release(address);
            result["ip"] = address.ToString();
            results.Add(result);
        }

        return results;
    }
}
