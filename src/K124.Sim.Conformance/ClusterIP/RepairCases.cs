using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Passes of the repair loops.</summary>
internal static class RepairCases
{
    private const string NodePorts = "nodePorts";

    public static CaseOutcome Verify(JsonElement testCase) =>
        testCase.Text("kind") == "nodeport" ? VerifyNodePorts(testCase) : VerifyClusterIPs(testCase);

    private static CaseOutcome VerifyClusterIPs(JsonElement testCase)
    {
        var stores = new SortedDictionary<string, ContendedStore>(StringComparer.Ordinal);
        var primary = Allocator(testCase.Text("primaryRange"), stores);
        var secondary = testCase.OptionalText("secondaryRange") is { } range ? Allocator(range, stores) : null;
        var repair = new ServiceIPRepair(primary, secondary);
        return Verify(testCase, stores, repair.RunOnce, family => Counters(repair.LeakCounters(Enum.Parse<IPFamily>(family))));
    }

    private static CaseOutcome VerifyNodePorts(JsonElement testCase)
    {
        if (!NodePortSpan.TryParse(testCase.Text("portRange"), out var ports))
        {
            throw new JsonException("portRange is not a span of ports");
        }

        var store = new ContendedStore();
        var repair = new NodePortRepair(new NodePortAllocator(ports, store));
        var stores = new SortedDictionary<string, ContendedStore>(StringComparer.Ordinal) { [NodePorts] = store };
        return Verify(testCase, stores, repair.RunOnce, _ => Counters(repair.LeakCounters));
    }

    private static ServiceIPAllocator Allocator(string range, SortedDictionary<string, ContendedStore> stores)
    {
        var cidr = ServiceCidr.Parse(range);
        var store = stores[cidr.Family.ToString()] = new();
        return new(cidr, store);
    }

    private static CaseOutcome Verify(
        JsonElement testCase,
        SortedDictionary<string, ContendedStore> stores,
        Func<IEnumerable<Service>, RepairResult> runOnce,
        Func<string, JsonObject> counters)
    {
        var differences = ImmutableArray.CreateBuilder<string>();
        Put(testCase, "initial", stores);
        var index = 0;
        foreach (var (pass, recorded) in testCase.GetProperty("passes").EnumerateArray()
            .Zip(testCase.GetProperty("expect").GetProperty("passes").EnumerateArray()))
        {
            Put(pass, "override", stores);
            var conflicts = pass.TryGetProperty("conflicts", out var count) ? count.GetInt32() : 0;
            foreach (var store in stores.Values)
            {
                store.StartPass(conflicts);
            }

            var result = runOnce([.. pass.GetProperty("services").EnumerateArray().Select(service => service.Service())]);
            var actual = Describe(result, stores, counters);
            if (conflicts > 0)
            {
                actual["writeAttempts"] = result.WriteAttempts;
            }

            differences.Compare($"expect.passes[{index++}]", recorded, actual);
        }

        return differences.ToOutcome();
    }

    private static void Put(JsonElement element, string name, SortedDictionary<string, ContendedStore> stores)
    {
        if (element.TryGetProperty(name, out var objects) && objects.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in objects.EnumerateObject())
            {
                stores[entry.Name].Put(entry.Value.Allocation());
            }
        }
    }

    private static JsonObject Describe(RepairResult result, SortedDictionary<string, ContendedStore> stores, Func<string, JsonObject> counters)
    {
        var actual = new JsonObject();
        if (result.Error.Length > 0)
        {
            actual["error"] = result.Error;
        }

        var stored = new JsonObject();
        var leaks = new JsonObject();
        foreach (var (name, store) in stores)
        {
            if (store.Current is { } current)
            {
                stored[name] = new JsonObject { ["range"] = current.Range, ["data"] = CaseParts.Base64(current) };
            }

            if (counters(name) is { Count: > 0 } counted)
            {
                leaks[name] = counted;
            }
        }

        actual["stored"] = stored;
        if (leaks.Count > 0)
        {
            actual["leakCounters"] = leaks;
        }

        if (result.Logged.Length > 0)
        {
            actual["errorsLogged"] = CaseParts.Array(result.Logged.Order(StringComparer.Ordinal));
        }

        if (result.Events.Length > 0)
        {
            actual["events"] = new JsonArray([.. result.Events.Select(entry => (JsonNode)new JsonObject
            {
                ["object"] = entry.Service.ToString(),
                ["type"] = "Warning",
                ["reason"] = entry.Reason,
                ["message"] = entry.Message,
            })]);
        }

        return actual;
    }

    private static JsonObject Counters<TKey>(ImmutableSortedDictionary<TKey, int> counters)
        where TKey : notnull
    {
        var result = new JsonObject();
        foreach (var (key, count) in counters)
        {
            result[key.ToString()!] = count;
        }

        return result;
    }

    /// <summary>A store in which another writer comes between the reading and the replacing of a pass, and leaves the content
    /// as it is.</summary>
    private sealed class ContendedStore : IRangeAllocationStore
    {
        private readonly RangeAllocationStore _inner = new();
        private int _conflictsLeft;
        private bool _isReplacing;

        public RangeAllocation? Current => _inner.Current;

        public void Put(RangeAllocation allocation) => _inner.Put(allocation);

        public void StartPass(int conflicts)
        {
            _conflictsLeft = conflicts;
            _isReplacing = false;
        }

        public StoreReply Read()
        {
            if (_isReplacing && _conflictsLeft > 0 && Current is { } current)
            {
                _conflictsLeft--;
                _inner.Put(current);
            }

            _isReplacing = !_isReplacing;
            return _inner.Read();
        }

        public StoreReply TryWrite(string expectedVersion, RangeAllocation desired) => _inner.TryWrite(expectedVersion, desired);
    }
}
