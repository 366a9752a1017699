using System.Diagnostics.CodeAnalysis;
using K124.Sim.Text;

namespace K124.Sim.Platform.Credentials;

/// <summary>Whether an image is below a registry, as the kubelet's credentials are looked up.</summary>
/// <remarks>Patterns hold in parts of the host only; the path is a plain prefix that knows no segments. Kubernetes 1.24 pkg/credentialprovider.</remarks>
internal static class ImagePattern
{
    /// <summary>Whether an image matches; a pattern or an image that cannot be read matches nothing.</summary>
    public static bool IsMatch(string pattern, string image) => TryMatch(pattern, image, out var isMatch, out _) && isMatch;

    /// <summary>Whether an image matches, and what is wrong if that cannot be told.</summary>
    public static bool TryMatch(string pattern, string image, out bool isMatch, [NotNullWhen(false)] out string? problem)
    {
        isMatch = false;
        return TryParse(pattern, out var own, out problem)
            && TryParse(image, out var target, out problem)
            && TryMatch(own, target, out isMatch, out problem);
    }

    /// <summary>Reads a registry or an image as a URL that lacks its scheme.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GoUrl? url, [NotNullWhen(false)] out string? problem) =>
        GoUrl.TryParse($"https://{text}", out url, out problem);

    private static bool TryMatch(GoUrl own, GoUrl target, out bool isMatch, [NotNullWhen(false)] out string? problem)
    {
        (isMatch, problem) = (false, null);
        var (parts, targetParts) = (own.HostName.Split('.'), target.HostName.Split('.'));
        if (own.Port != target.Port || parts.Length != targetParts.Length || !target.Path.StartsWith(own.Path, StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var (part, targetPart) in parts.Zip(targetParts))
        {
            if (GoGlob.Matches(part, targetPart) is not { } matches)
            {
                problem = GoGlob.BadPattern;
                return false;
            }

            if (!matches)
            {
                return true;
            }
        }

        isMatch = true;
        return true;
    }
}
