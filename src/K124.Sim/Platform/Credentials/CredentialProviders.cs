using System.Collections.Immutable;

namespace K124.Sim.Platform.Credentials;

/// <summary>Runs a credential provider.</summary>
/// <param name="provider">The provider.</param>
/// <param name="image">Repository that is asked for.</param>
/// <returns>What it wrote; null if it failed.</returns>
internal delegate string? RunCredentialProvider(CredentialProvider provider, string image);

/// <summary>The kubelet's image credential providers with what they answered before.</summary>
/// <remarks>Kubernetes 1.24 pkg/credentialprovider/plugin; KEP-2133. Deviation from the API's text: answers of several providers for one
/// place are all kept, as the code does.</remarks>
internal sealed class CredentialProviders
{
    private const string Global = "global";

    private readonly ImmutableArray<CredentialProvider> _providers;
    private readonly RunCredentialProvider _run;
    private readonly Dictionary<(string Provider, string Key), Entry> _cache = [];

    /// <summary>Makes providers that have not been asked yet.</summary>
    /// <param name="config">The configuration, which must be valid.</param>
    /// <param name="run">Runs a provider.</param>
    public CredentialProviders(CredentialProviderConfig config, RunCredentialProvider run)
    {
        _providers = [.. config.Providers.OrderBy(provider => provider.Name, StringComparer.Ordinal)];
        _run = run;
    }

    private readonly record struct Entry(CredentialProviderResponse Response, long ExpiresAtNanos);

    /// <summary>How often a provider was run.</summary>
    public int Runs { get; private set; }

    /// <summary>How often an answer was still known.</summary>
    public int Hits { get; private set; }

    /// <summary>The credentials for an image, in the order in which they are tried.</summary>
    /// <param name="image">Repository, without tag or digest.</param>
    /// <param name="nowNanos">Time in nanoseconds.</param>
    public ImmutableArray<RegistryCredential> Lookup(string image, long nowNanos)
    {
        var keyring = new DockerKeyring();
        foreach (var provider in _providers)
        {
            foreach (var (place, credential) in Provide(provider, image, nowNanos))
            {
                keyring.Add(place, credential);
            }
        }

        return keyring.Lookup(image);
    }

    private ImmutableArray<KeyValuePair<string, RegistryCredential>> Provide(CredentialProvider provider, string image, long nowNanos)
    {
        if (!provider.MatchImages.Any(pattern => ImagePattern.IsMatch(pattern, image)))
        {
            return [];
        }

        foreach (var key in (ReadOnlySpan<string>)[image, RegistryOf(image), Global])
        {
            if (_cache.TryGetValue((provider.Name, key), out var entry) && nowNanos <= entry.ExpiresAtNanos)
            {
                Hits++;
                return entry.Response.Auth;
            }
        }

        Runs++;
        var response = _run(provider, image) is { } text ? CredentialProviderResponse.Read(text, provider.ApiVersion) : null;
        if (response is null || KeyOf(response, image) is not { } newKey)
        {
            return [];
        }

        var duration = response.CacheDurationNanos ?? provider.DefaultCacheDurationNanos ?? 0;
        if (duration != 0)
        {
            _cache[(provider.Name, newKey)] = new(response, nowNanos + duration);
        }

        return response.Auth;
    }

    private static string? KeyOf(CredentialProviderResponse response, string image) => response.CacheKeyType switch
    {
        "Image" => image,
        "Registry" => RegistryOf(image),
        "Global" => Global,
        _ => null,
    };

    private static string RegistryOf(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? image : image[..slash];
    }
}
