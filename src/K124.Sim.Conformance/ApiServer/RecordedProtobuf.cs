using System.Text.Json.Nodes;
using K124.Sim.Kinds.Protobuf;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>Answers that were recorded in protobuf, with their values and no symbols: what differs from run to run is left out.</summary>
internal static class RecordedProtobuf
{
    private static readonly HashSet<string> Drawn = new(StringComparer.Ordinal)
    {
        "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "time", "token", "expirationTimestamp", "clusterIP", "nodePort",
        "lastTransitionTime", "lastUpdateTime", "lastHeartbeatTime", "timeAdded", "startTime", "controller-uid", "generated", "lastProbeTime",
        "kubectl.kubernetes.io/restartedAt",
    };

    // Made from bindings that come in the order of a hash map.
    private static readonly string[] Unordered = ["resourceRules", "nonResourceRules"];

    public static void Compare(ReadOnlySpan<byte> recorded, ReadOnlySpan<byte> answered, AnswerComparison comparison)
    {
        if (!ProtobufBody.TryRead(recorded, out var expected))
        {
            comparison.Note("the recorded body cannot be read");
        }
        else if (!ProtobufBody.TryRead(answered, out var actual))
        {
            comparison.Note("the answer is no protobuf");
        }
        else
        {
            comparison.Compare("body", WithoutDrawn(expected), WithoutDrawn(actual));
        }
    }

    private static JsonNode? WithoutDrawn(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Without(member.Key, member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutDrawn)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Without(string name, JsonNode? value) =>
        value is JsonArray rules && Unordered.Contains(name) ? AnswerComparison.Sorted((JsonArray)WithoutDrawn(rules)!, static rule => rule?.ToJsonString() ?? "")
        : value is JsonValue && value.ToJsonString() is not "\"\"" && Drawn.Contains(name) ? "(drawn)" : WithoutDrawn(value);
}
