using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace K124.Sim.Platform.Credentials;

/// <summary>An image's name with everything that may be left out.</summary>
/// <param name="Repository">For example <c>docker.io/library/nginx</c>.</param>
/// <param name="Tag"><c>latest</c> if neither a tag nor a digest is named; empty if only a digest is.</param>
/// <param name="Digest">Digest; empty if none is named.</param>
internal sealed record ImageName(string Repository, string Tag, string Digest)
{
    private const string DefaultDomain = "docker.io";
    private const int LongestName = 255;
    private const int IdentifierLength = 64;

    private static readonly Regex Reference = new(
        @"\A(?<name>[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*(:[0-9]+)?"
        + @"(/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)+)"
        + @"(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
        + @"(@(?<digest>[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>Reads an image as a container names it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageName? name, [NotNullWhen(false)] out string? problem)
    {
        (name, var fault) = Read(text);
        problem = fault is null ? null : $"couldn't parse image name: {fault}";
        return name is not null;
    }

    private static (ImageName? Name, string? Fault) Read(string text)
    {
        if (text.Length == IdentifierLength && text.All(char.IsAsciiHexDigitLower))
        {
            return (null, $"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings");
        }

        var (domain, remainder) = SplitDomain(text);
        var colon = remainder.IndexOf(':', StringComparison.Ordinal);
        if ((colon < 0 ? remainder : remainder[..colon]).Any(char.IsUpper))
        {
            return (null, "invalid reference format: repository name must be lowercase");
        }

        var match = Reference.Match($"{domain}/{remainder}");
        if (!match.Success)
        {
            return (null, "invalid reference format");
        }

        var (repository, tag, digest) = (match.Groups["name"].Value, match.Groups["tag"].Value, match.Groups["digest"].Value);
        if (repository.Length > LongestName)
        {
            return (null, "repository name must not be more than 255 characters");
        }

        return digest.Length > 0 && DigestFault(digest) is { } fault
            ? (null, fault)
            : (new(repository, tag.Length == 0 && digest.Length == 0 ? "latest" : tag, digest), null);
    }

    private static (string Domain, string Remainder) SplitDomain(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var hasDomain = slash >= 0 && (text.AsSpan(0, slash).IndexOfAny('.', ':') >= 0 || text[..slash] == "localhost");
        var (domain, remainder) = hasDomain ? (text[..slash], text[(slash + 1)..]) : (DefaultDomain, text);
        domain = domain == "index.docker.io" ? DefaultDomain : domain;
        return (domain, domain == DefaultDomain && !remainder.Contains('/', StringComparison.Ordinal) ? $"library/{remainder}" : remainder);
    }

    private static string? DigestFault(string digest)
    {
        var parts = digest.Split(':', 2);
        var length = parts[0] switch { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        if (length == 0)
        {
            return "unsupported digest algorithm";
        }

        if (parts[1].Length != length)
        {
            return "invalid checksum digest length";
        }

        return parts[1].All(char.IsAsciiHexDigitLower) ? null : "invalid checksum digest format";
    }
}
