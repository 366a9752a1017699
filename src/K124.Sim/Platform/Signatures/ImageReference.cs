using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Platform.Signatures;

/// <summary>An image as it is named: repository, tag, digest.</summary>
/// <param name="Repository">Registry and path.</param>
/// <param name="Tag">Tag; empty if there is none.</param>
/// <param name="Digest">Digest, for example <c>sha256:...</c>; empty if there is none.</param>
internal sealed record ImageReference(string Repository, string Tag, string Digest)
{
    private const string Sha256 = "sha256:";
    private const int HexLength = 64;

    /// <summary>The name under which the signatures of a digest are kept, in the same repository.</summary>
    /// <param name="digest">The digest.</param>
    public string SignatureReference(string digest) => $"{Repository}:{digest.Replace(':', '-')}.sig";

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];
        var digest = at < 0 ? "" : text[(at + 1)..];
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        reference = new(hasTag ? name[..colon] : name, hasTag ? name[(colon + 1)..] : "", digest);
        if (reference.Repository.Length > 0 && (digest.Length == 0 || IsDigest(digest)))
        {
            return true;
        }

        reference = null;
        return false;
    }

    /// <summary>Whether a text is a digest that images are signed by.</summary>
    public static bool IsDigest(string text) =>
        text.StartsWith(Sha256, StringComparison.Ordinal) && text.Length == Sha256.Length + HexLength && text.AsSpan(Sha256.Length).IndexOfAnyExcept("0123456789abcdef") < 0;
}
