using System.Collections.Immutable;
using K124.Sim.Text;

namespace K124.Sim.Platform.Credentials;

/// <summary>Credentials by registry, with the order in which the kubelet tries them for an image.</summary>
internal sealed class DockerKeyring
{
    private const string DockerHub = "index.docker.io";

    // Longer and more specific places come first, and stars after letters: the index is read backwards.
    private readonly SortedDictionary<string, List<RegistryCredential>> _byPlace =
        new(Comparer<string>.Create(static (left, right) => string.CompareOrdinal(right, left)));

    /// <summary>Adds what is to be used for a place; a place that cannot be read is left out.</summary>
    /// <param name="place">Host, with or without scheme, port and path.</param>
    /// <param name="credential">The credential.</param>
    public void Add(string place, RegistryCredential credential)
    {
        var text = place.StartsWith("https://", StringComparison.Ordinal) || place.StartsWith("http://", StringComparison.Ordinal)
            ? place
            : $"https://{place}";
        if (!GoUrl.TryParse(text, out var url, out _))
        {
            return;
        }

        var path = url.Path.StartsWith("/v1/", StringComparison.Ordinal) || url.Path.StartsWith("/v2/", StringComparison.Ordinal) ? url.Path[3..] : url.Path;
        var key = path == "/" ? url.Host : url.Host + path;
        if (!_byPlace.TryGetValue(key, out var credentials))
        {
            _byPlace[key] = credentials = [];
        }

        credentials.Add(credential);
    }

    /// <summary>The credentials for an image, in the order in which they are tried; empty if there are none.</summary>
    public ImmutableArray<RegistryCredential> Lookup(string image)
    {
        ImmutableArray<RegistryCredential> matching =
            [.. _byPlace.Where(place => ImagePattern.IsMatch(place.Key, image)).SelectMany(place => place.Value)];
        return matching.Length == 0 && IsOfDockerHub(image) && _byPlace.TryGetValue(DockerHub, out var ofHub) ? [.. ofHub] : matching;
    }

    private static bool IsOfDockerHub(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? image : image[..slash];
        return first.Length > 0 && (slash < 0 || first is "docker.io" or DockerHub || first.AsSpan().IndexOfAny('.', ':') < 0);
    }
}
