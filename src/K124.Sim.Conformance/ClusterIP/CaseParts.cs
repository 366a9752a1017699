using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Reads and compares the parts that the recorded cases of this area share.</summary>
internal static class CaseParts
{
    public static string Text(this JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new JsonException($"{name} is null");

    public static string? OptionalText(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static bool Flag(this JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.GetBoolean();

    public static IEnumerable<long> Draws(this JsonElement operation) =>
        operation.TryGetProperty("draws", out var draws) ? draws.EnumerateArray().Select(draw => draw.GetInt64()) : [];

    public static RangeAllocation Allocation(this JsonElement element) => new()
    {
        Range = element.Text("range"),
        Data = [.. element.GetProperty("data").GetBytesFromBase64()],
    };

    public static string Base64(RangeAllocation allocation) => Convert.ToBase64String(allocation.Data.AsSpan());

    public static Service Service(this JsonElement element) => KubernetesJson.Deserialize<Service>(element.GetRawText());

    public static string ErrorKind(AllocationStatus status) => status switch
    {
        AllocationStatus.AlreadyAllocated => "ErrAllocated",
        AllocationStatus.OutOfRange => "ErrNotInRange",
        AllocationStatus.Full => "ErrFull",
        AllocationStatus.RangeMismatch => "ErrMismatchedNetwork",
        _ => "Other",
    };

    public static JsonObject Error(AllocationStatus status, string message) => status == AllocationStatus.Panic
        ? new() { ["panic"] = message }
        : new() { ["err"] = ErrorKind(status), ["msg"] = message };

    public static JsonObject Outcome(ServiceIPResult result) => result.Succeeded ? Ok() : Error(result.Status, result.Message);

    public static JsonObject Outcome(NodePortResult result) => result.Succeeded ? Ok() : Error(result.Status, result.Message);

    public static JsonObject Ok() => new() { ["ok"] = true };

    public static JsonArray Array<T>(IEnumerable<T> items) => [.. items.Select(item => (JsonNode?)JsonValue.Create(item))];

    /// <summary>Notes a difference unless what the library says is, as a whole, what was recorded.</summary>
    public static void Compare(this ImmutableArray<string>.Builder differences, string path, JsonElement recorded, JsonNode actual)
    {
        var expected = JsonNode.Parse(recorded.GetRawText());
        if (!JsonNode.DeepEquals(expected, JsonNode.Parse(actual.ToJsonString())))
        {
            differences.Add($"{path}: recorded {expected?.ToJsonString()}, library {actual.ToJsonString()}");
        }
    }

    public static CaseOutcome ToOutcome(this ImmutableArray<string>.Builder differences) =>
        differences.Count == 0 ? CaseOutcome.Agrees : new CaseOutcome.Differ(differences.ToImmutable());
}
