using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace K124.Sim.Text;

/// <summary>An absolute https or http URL as Go takes it apart.</summary>
/// <param name="Host">Host, with its port if it has one.</param>
/// <param name="Path">Path without escapes; empty if there is none.</param>
internal sealed record GoUrl(string Host, string Path)
{
    private const string HostLetters = "!$&'()*+,;=:[]<>\"-_.~";

    /// <summary>The host alone: without port and without the brackets of an IPv6 address that has a port.</summary>
    public string HostName => SplitHost().Name;

    /// <summary>The port; empty if there is none.</summary>
    public string Port => SplitHost().Port;

    /// <summary>Reads a URL that begins with a scheme and two slashes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="url">The URL.</param>
    /// <param name="problem">What Go says about it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out GoUrl? url, [NotNullWhen(false)] out string? problem)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var withoutFragment = hash < 0 ? text : text[..hash];
        url = null;
        if (Parse(withoutFragment, out var parsed) is { } fault)
        {
            problem = $"parse {GoText.Quote(withoutFragment)}: {fault}";
            return false;
        }

        if (hash >= 0 && TryUnescape(text[(hash + 1)..], isHost: false, out _) is { } inFragment)
        {
            problem = $"parse {GoText.Quote(text)}: {inFragment}";
            return false;
        }

        (url, problem) = (parsed!, null);
        return true;
    }

    private static string? Parse(string text, out GoUrl? url)
    {
        url = null;
        if (text.Any(letter => letter is < ' ' or '\x7f'))
        {
            return "net/url: invalid control character in URL";
        }

        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        rest = question < 0 ? rest : rest[..question];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.LastIndexOf('@');
        if ((ParseHost(authority[(at + 1)..], out var host) ?? (at < 0 ? null : UserFault(authority[..at]))) is { } fault)
        {
            return fault;
        }

        var inPath = TryUnescape(slash < 0 ? "" : rest[slash..], isHost: false, out var path);
        url = inPath is null ? new(host, path) : null;
        return inPath;
    }

    private static string? UserFault(string user) =>
        user.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._:~!$&'()*+,;=%@".Contains(letter, StringComparison.Ordinal))
            ? TryUnescape(user, isHost: false, out _)
            : "net/url: invalid userinfo";

    private static string? ParseHost(string text, out string host)
    {
        host = "";
        var end = text.StartsWith('[') ? text.LastIndexOf(']') : -1;
        if (text.StartsWith('[') && end < 0)
        {
            return "missing ']' in host";
        }

        var colon = end >= 0 ? end + 1 : text.LastIndexOf(':');
        var port = colon < 0 ? "" : text[colon..];
        if (port.Length > 0 && (port[0] != ':' || !port.Skip(1).All(char.IsAsciiDigit)))
        {
            return $"invalid port {GoText.Quote(port)} after host";
        }

        return TryUnescape(text, isHost: true, out host);
    }

    /// <summary>Takes the escapes out of a text.</summary>
    /// <returns>What Go says about it; null if nothing.</returns>
    private static string? TryUnescape(string text, bool isHost, out string result)
    {
        result = "";
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                var escape = text[i..Math.Min(i + 3, text.Length)];
                var isEscape = escape.Length == 3 && char.IsAsciiHexDigit(escape[1]) && char.IsAsciiHexDigit(escape[2]);
                if (!isEscape || (isHost && escape[1] < '8' && escape != "%25"))
                {
                    return $"invalid URL escape {GoText.Quote(escape)}";
                }

                bytes.Add(Convert.FromHexString(escape[1..])[0]);
                i += 2;
            }
            else if (isHost && char.IsAscii(text[i]) && !char.IsAsciiLetterOrDigit(text[i]) && !HostLetters.Contains(text[i], StringComparison.Ordinal))
            {
                return $"invalid character {GoText.Quote(text[i].ToString())} in host name";
            }
            else
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, length));
                i += length - 1;
            }
        }

        result = Encoding.UTF8.GetString([.. bytes]);
        return null;
    }

    private (string Name, string Port) SplitHost()
    {
        var colon = Host.LastIndexOf(':');
        if (colon < 0)
        {
            return (Host, "");
        }

        if (Host[0] == '[')
        {
            var end = Host.IndexOf(']', StringComparison.Ordinal);
            var isSplit = end == colon - 1 && !Host.AsSpan(1).Contains('[') && !Host.AsSpan(end + 1).Contains(']');
            return isSplit ? (Host[1..end], Host[(colon + 1)..]) : (Host, "");
        }

        var name = Host[..colon];
        return name.Contains(':', StringComparison.Ordinal) || Host.AsSpan().IndexOfAny('[', ']') >= 0 ? (Host, "") : (name, Host[(colon + 1)..]);
    }
}
