using System.Text.Json;
using K124.Sim.Manifests;

namespace K124.Sim.Conformance.Platform;

/// <summary>Reads the configuration files of components.</summary>
internal static class ConfigText
{
    /// <summary>A file as JSON. What begins like JSON is taken to be JSON, as the components do, and may have faults as such.</summary>
    public static string Json(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("{"))
        {
            return text;
        }

        return YamlJson.TryConvert(text, out var json, out var problem) ? json : throw new JsonException(problem);
    }
}
