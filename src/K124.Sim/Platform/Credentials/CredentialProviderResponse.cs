using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Text;

namespace K124.Sim.Platform.Credentials;

/// <summary>What a credential provider answered.</summary>
/// <param name="CacheKeyType">How widely the answer holds: <c>Image</c>, <c>Registry</c> or <c>Global</c>.</param>
/// <param name="CacheDurationNanos">How long it may be kept; null if the provider's default holds.</param>
/// <param name="Auth">Credentials by place.</param>
internal sealed record CredentialProviderResponse(
    string CacheKeyType,
    long? CacheDurationNanos,
    ImmutableArray<KeyValuePair<string, RegistryCredential>> Auth)
{
    /// <summary>Reads what a provider wrote.</summary>
    /// <param name="text">Its output.</param>
    /// <param name="apiVersion">The version it was spoken to in, which it must answer in.</param>
    /// <returns>The answer; null if it is none, which comes to no credentials.</returns>
    public static CredentialProviderResponse? Read(string text, string apiVersion)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("kind").GetString() != nameof(CredentialProviderResponse) || root.GetProperty("apiVersion").GetString() != apiVersion)
            {
                return null;
            }

            long? duration = null;
            if (root.TryGetProperty("cacheDuration", out var written) && written.ValueKind != JsonValueKind.Null)
            {
                if (!GoDuration.TryParseNanos(written.GetString()!, out var nanos, out _))
                {
                    return null;
                }

                duration = nanos;
            }

            return new(root.TryGetProperty("cacheKeyType", out var type) ? type.GetString() ?? "" : "", duration, [.. Credentials(root)]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, RegistryCredential>> Credentials(JsonElement root) =>
        root.TryGetProperty("auth", out var auth) && auth.ValueKind == JsonValueKind.Object
            ? auth.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, new RegistryCredential(Text(entry.Value, "username"), Text(entry.Value, "password"))))
            : [];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
