using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace K124.Sim.Platform.Signatures;

/// <summary>What a signature of an image says.</summary>
/// <param name="Type">What kind of statement it is.</param>
/// <param name="Digest">Digest of the signed manifest.</param>
/// <param name="Reference">Repository that it was signed for.</param>
internal sealed record SimpleSigning(string Type, string Digest, string Reference)
{
    /// <summary>The statement that counts for images.</summary>
    public const string ImageType = "cosign container image signature";

    /// <summary>Reads a payload.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out SimpleSigning? statement)
    {
        statement = null;
        try
        {
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            var critical = Member(document.RootElement, "critical");
            statement = new(
                Text(Member(critical, "type")),
                Text(Member(Member(critical, "image"), "docker-manifest-digest")),
                Text(Member(Member(critical, "identity"), "docker-reference")));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
}
