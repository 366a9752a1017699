using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Manifests;

namespace K124.Sim.ApiServer;

/// <summary>Reads YAML bodies.</summary>
internal static class Yaml
{
    /// <exception cref="FormatException">The text is not YAML.</exception>
    public static JsonNode? Read(ReadOnlyMemory<byte> body) =>
        YamlJson.TryConvert(Encoding.UTF8.GetString(body.Span), out var json, out var problem)
            ? json.Length == 0 ? null : JsonNode.Parse(json)
            : throw new FormatException($"yaml: {problem}");
}
