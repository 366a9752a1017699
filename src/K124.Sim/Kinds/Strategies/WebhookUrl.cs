using System.Diagnostics.CodeAnalysis;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>The parts of a URL as Go splits it, and what it says of malformed ones.</summary>
/// <param name="Scheme">Scheme in lower case; empty if there is none.</param>
/// <param name="User">What stands before the <c>@</c>.</param>
/// <param name="Host">Host with port.</param>
/// <param name="Query">What stands after the question mark.</param>
/// <param name="Fragment">What stands after the number sign.</param>
internal sealed record WebhookUrl(string Scheme, string User, string Host, string Query, string Fragment)
{
    private const string HostPunctuation = "!$&'()*+,;=:[]<>\"-_.~%";

    /// <summary>Reads a URL.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        error = null;
        var (main, fragment) = CutAt(text, '#');
        if (text.Any(character => character is < ' ' or '\x7f'))
        {
            error = Quoted(text, "net/url: invalid control character in URL");
        }
        else if (!TryScheme(main, out var scheme, out var rest))
        {
            error = Quoted(main, rest.StartsWith(':') ? "missing protocol scheme" : "first path segment in URL cannot contain colon");
        }
        else
        {
            var (path, query) = CutAt(rest, '?');
            error = Split(path, out var user, out var host) ?? (scheme.Length == 0 && !path.StartsWith('/') && FirstSegment(path).Contains(':', StringComparison.Ordinal)
                ? "first path segment in URL cannot contain colon"
                : EscapeError(path + fragment));
            error = error is null ? null : Quoted(main, error);
            url = error is null ? new(scheme, user, host, query, fragment) : null;
        }

        return error is null;
    }

    private static string Quoted(string text, string why) => $"parse {GoText.Quote(text)}: {why}";

    private static (string Before, string After) CutAt(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static string FirstSegment(string path) => CutAt(path, '/').Before;

    private static bool TryScheme(string text, out string scheme, out string rest)
    {
        scheme = "";
        rest = text;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == ':')
            {
                scheme = text[..i].ToLowerInvariant();
                rest = i == 0 ? text : text[(i + 1)..];
                return i > 0;
            }

            if (!char.IsAsciiLetter(character) && (i == 0 || !(char.IsAsciiDigit(character) || character is '+' or '-' or '.')))
            {
                return true;
            }
        }

        return true;
    }

    private static string? Split(string path, out string user, out string host)
    {
        user = "";
        host = "";
        if (!path.StartsWith("//", StringComparison.Ordinal) || path.StartsWith("///", StringComparison.Ordinal))
        {
            return null;
        }

        var authority = CutAt(path[2..], '/').Before;
        var at = authority.LastIndexOf('@');
        user = at < 0 ? "" : authority[..at];
        host = authority[(at + 1)..];
        return HostError(host);
    }

    private static string? HostError(string host)
    {
        if (host.StartsWith('[') && !host.Contains(']', StringComparison.Ordinal))
        {
            return "missing ']' in host";
        }

        var colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']') && host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return $"invalid port {GoText.Quote(host[colon..])} after host";
        }

        foreach (var character in host)
        {
            if (character < '\x80' && !char.IsAsciiLetterOrDigit(character) && !HostPunctuation.Contains(character, StringComparison.Ordinal))
            {
                return $"invalid character {GoText.Quote(character.ToString())} in host name";
            }
        }

        return null;
    }

    private static string? EscapeError(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return $"invalid URL escape {GoText.Quote(text.Substring(i, Math.Min(3, text.Length - i)))}";
            }
        }

        return null;
    }
}
