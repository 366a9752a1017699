namespace K124.Sim.Kinds.Pods;

/// <summary>References to images, as far as their tag matters.</summary>
internal static class ImageReference
{
    private const int DigestLength = 64;

    /// <summary>Whether a reference means the latest image: its tag is <c>latest</c>, or it has neither tag nor digest.</summary>
    /// <param name="image">The reference.</param>
    /// <returns>False also for what is no reference.</returns>
    public static bool IsLatest(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var hasDigest = at >= 0;
        if (hasDigest && !IsDigest(image[(at + 1)..]))
        {
            return false;
        }

        var rest = hasDigest ? image[..at] : image;
        var slash = rest.LastIndexOf('/');
        var colon = rest.LastIndexOf(':');
        var tag = colon > slash ? rest[(colon + 1)..] : "";
        var name = colon > slash ? rest[..colon] : rest;
        if (!IsName(name) || (colon > slash && !IsTag(tag)))
        {
            return false;
        }

        return tag.Length > 0 ? tag == "latest" : !hasDigest;
    }

    private static bool IsTag(string tag) =>
        tag.Length is > 0 and <= 128 && tag[0] is not ('.' or '-') && tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');

    private static bool IsDigest(string digest)
    {
        var colon = digest.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return false;
        }

        var hex = digest[(colon + 1)..];
        return digest[..colon] switch
        {
            "sha256" => hex.Length == DigestLength,
            "sha384" => hex.Length == DigestLength / 2 * 3,
            "sha512" => hex.Length == DigestLength * 2,
            _ => false,
        } && hex.All(letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f');
    }

    private static bool IsName(string name)
    {
        if (name.Length == 0)
        {
            return false;
        }

        var parts = name.Split('/');
        var start = parts.Length > 1 && IsHost(parts[0]) ? 1 : 0;
        for (var i = start; i < parts.Length; i++)
        {
            if (!IsPathPart(parts[i]))
            {
                return false;
            }
        }

        // A bare sequence of 64 hexadecimal digits would be an id, not a name.
        return !(parts.Length == 1 && name.Length == DigestLength && name.All(letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f'));
    }

    // The first part is a host if it could not be a part of a path of the default registry.
    private static bool IsHost(string part)
    {
        if (!part.Contains('.', StringComparison.Ordinal) && !part.Contains(':', StringComparison.Ordinal) && part != "localhost"
            && part.Equals(part.ToLowerInvariant(), StringComparison.Ordinal))
        {
            return false;
        }

        var colon = part.IndexOf(':', StringComparison.Ordinal);
        var host = colon < 0 ? part : part[..colon];
        var isPort = colon < 0 || (colon < part.Length - 1 && part.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0);
        return isPort && host.Split('.').All(label => label.Length > 0 && label[0] != '-' && label[^1] != '-'
            && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
    }

    // Lower-case letters and digits with single separators (".", "_", "__" or dashes) between them.
    private static bool IsPathPart(string part)
    {
        var i = 0;
        while (true)
        {
            var start = i;
            while (i < part.Length && (char.IsAsciiLetterLower(part[i]) || char.IsAsciiDigit(part[i])))
            {
                i++;
            }

            if (i == start)
            {
                return false;
            }

            if (i == part.Length)
            {
                return true;
            }

            var separator = part[i];
            var from = i;
            while (i < part.Length && part[i] == separator)
            {
                i++;
            }

            var length = i - from;
            if (separator is not ('.' or '_' or '-') || (separator == '.' && length > 1) || (separator == '_' && length > 2))
            {
                return false;
            }
        }
    }
}
