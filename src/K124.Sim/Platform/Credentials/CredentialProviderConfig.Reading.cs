using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using K124.Sim.Text;

namespace K124.Sim.Platform.Credentials;

internal sealed partial record CredentialProviderConfig
{
    private const string Kind = nameof(CredentialProviderConfig);

    // The kinds of the kubelet's files, by version; the others of a version are known, but are not this one.
    private static readonly ImmutableArray<(string ApiVersion, ImmutableArray<string> Kinds)> Registered =
    [
        ("kubelet.config.k8s.io/v1alpha1", [Kind]),
        ("kubelet.config.k8s.io/v1beta1", [Kind, "KubeletConfiguration", "SerializedNodeConfigSource"]),
    ];

    /// <summary>Reads the text of a file, which is JSON. Members that are not known are passed over.</summary>
    /// <param name="text">The text.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="problem">Why it cannot be read, in the kubelet's words.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out CredentialProviderConfig? config, [NotNullWhen(false)] out string? problem)
    {
        config = null;
        problem = ComponentConfigType.Fault(text, Registered, out _, out var kind)
            ?? (kind == Kind ? null : $"failed to decode {GoText.Quote(kind)} (wrong Kind)");
        if (problem is not null)
        {
            return false;
        }

        using var document = JsonDocument.Parse(text);
        if (!TryProviders(document.RootElement, out var providers, out problem))
        {
            return false;
        }

        config = new(providers);
        return true;
    }

    private static bool TryProviders(JsonElement root, out ImmutableArray<CredentialProvider> providers, [NotNullWhen(false)] out string? problem)
    {
        var read = ImmutableArray.CreateBuilder<CredentialProvider>();
        (providers, problem) = ([], null);
        foreach (var entry in ItemsOf(root, "providers"))
        {
            long? duration = null;
            if (entry.TryGetProperty("defaultCacheDuration", out var text) && text.ValueKind == JsonValueKind.String)
            {
                if (!GoDuration.TryParseNanos(text.GetString()!, out var nanos, out problem))
                {
                    return false;
                }

                duration = nanos;
            }

            read.Add(new(TextOf(entry, "name"))
            {
                MatchImages = [.. ItemsOf(entry, "matchImages").Select(item => item.GetString() ?? "")],
                DefaultCacheDurationNanos = duration,
                ApiVersion = TextOf(entry, "apiVersion"),
                Args = [.. ItemsOf(entry, "args").Select(item => item.GetString() ?? "")],
                Env = [.. ItemsOf(entry, "env").Select(item => KeyValuePair.Create(TextOf(item, "name"), TextOf(item, "value")))],
            });
        }

        providers = read.ToImmutable();
        return true;
    }

    private static string TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static IEnumerable<JsonElement> ItemsOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];
}
