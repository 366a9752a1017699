using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using K124.Sim.Text;

namespace K124.Sim.Platform;

/// <summary>The version and the kind of a component's configuration file.</summary>
internal static class ComponentConfigType
{
    /// <summary>What a component says of a file whose version and kind it does not know; null if it knows them.</summary>
    /// <param name="text">The file, which is JSON.</param>
    /// <param name="registered">The kinds it knows, by version.</param>
    /// <param name="apiVersion">The file's version.</param>
    /// <param name="kind">The file's kind.</param>
    public static string? Fault(
        string text,
        ImmutableArray<(string ApiVersion, ImmutableArray<string> Kinds)> registered,
        out string apiVersion,
        out string kind)
    {
        (apiVersion, kind) = ("", "");
        if (text.Length > 0 && GoJson.Fault(Encoding.UTF8.GetBytes(text)) is { } fault)
        {
            return $"couldn't get version/kind; json parse error: {fault}";
        }

        if (text.Length > 0)
        {
            using var document = JsonDocument.Parse(text);
            (apiVersion, kind) = (TextOf(document.RootElement, "apiVersion"), TextOf(document.RootElement, "kind"));
        }

        if (kind.Length == 0 || apiVersion.Length == 0)
        {
            return $"Object '{(kind.Length == 0 ? "Kind" : "apiVersion")}' is missing in '{text}'";
        }

        var (version, name) = (apiVersion, kind);
        return registered.Any(known => known.ApiVersion == version && known.Kinds.Contains(name))
            ? null
            : $"no kind {GoText.Quote(kind)} is registered for version {GoText.Quote(apiVersion)} in scheme \"<scheme>\"";
    }

    private static string TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
