using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>Objects between the model and JSON trees.</summary>
internal static class ModelJson
{
    public static JsonObject Tree(IApiObject item) => JsonNode.Parse(KubernetesJson.SerializeToUtf8Bytes(item))!.AsObject();

    public static IApiObject Object(JsonObject tree, ApiKind kind) =>
        KubernetesJson.Deserialize(Encoding.UTF8.GetBytes(tree.ToJsonString()), kind.Type, ModelJsonOptions.Shared);

    /// <summary>A tree as the model writes it.</summary>
    public static JsonObject Normal(JsonObject tree, ApiKind kind) => Tree(Object(tree, kind));

    /// <summary>One text for equal trees, whatever the order of members.</summary>
    public static string Canonical(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    public static JsonObject Tree(JsonElement element) => JsonNode.Parse(element.GetRawText())!.AsObject();

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                text.Append('{');
                foreach (var (name, value) in item.OrderBy(static member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonSerializer.Serialize(name)).Append(':');
                    Append(text, value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray array:
                text.Append('[');
                foreach (var value in array)
                {
                    Append(text, value);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
