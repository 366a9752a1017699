using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Conformance.Storage;

/// <summary>Compares API objects of the library with recorded ones, whole.</summary>
internal static class ObjectComparison
{
    /// <summary>Names what differs; versions are not part of the recordings.</summary>
    public static IEnumerable<string> Differences<T>(string path, JsonElement recorded, T? answered)
        where T : class, IApiObject
    {
        if (answered is null)
        {
            return [$"{path}: recorded an object, answered none"];
        }

        var node = JsonNode.Parse(JsonSerializer.Serialize(answered, (JsonTypeInfo<T>)ModelJsonOptions.Shared.GetTypeInfo(typeof(T))))!.AsObject();
        node["metadata"]?.AsObject().Remove("resourceVersion");
        string[] differences = [.. JsonDifference.Between(path, WithoutEmptyMembers(JsonNode.Parse(recorded.GetRawText())), WithoutEmptyMembers(node))];
        if (differences.Length > 0)
        {
            return differences;
        }

        // Members that are empty rather than absent are told apart by the records.
        var read = CaseReader.Read<T>(recorded);
        return Unversioned(read).Equals(Unversioned(answered)) ? [] : [$"{path}: empty members differ: recorded {read}, answered {answered}"];
    }

    private static T Unversioned<T>(T item)
        where T : class, IApiObject => item switch
        {
            PersistentVolume volume => (T)(IApiObject)(volume with { Metadata = volume.Metadata with { ResourceVersion = "" } }),
            PersistentVolumeClaim claim => (T)(IApiObject)(claim with { Metadata = claim.Metadata with { ResourceVersion = "" } }),
            _ => item,
        };

    private static JsonNode? WithoutEmptyMembers(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (name, value) in item.ToArray())
                {
                    if (WithoutEmptyMembers(value) is null || value is JsonValue leaf && IsEmpty(leaf))
                    {
                        item.Remove(name);
                    }
                }

                return item.Count > 0 ? item : null;
            case JsonArray array:
                foreach (var value in array)
                {
                    WithoutEmptyMembers(value);
                }

                return array.Count > 0 ? array : null;
            default:
                return node;
        }
    }

    private static bool IsEmpty(JsonValue leaf) => leaf.GetValueKind() switch
    {
        JsonValueKind.String => leaf.GetValue<string>().Length == 0,
        JsonValueKind.False => true,
        JsonValueKind.Number => leaf.ToJsonString() == "0",
        _ => false,
    };
}
