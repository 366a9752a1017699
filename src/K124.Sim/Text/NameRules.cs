namespace K124.Sim.Text;

/// <summary>Rules of names, labels and the like, each with the texts of the API server. No text: the name is fine.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/util/validation.</remarks>
internal static class NameRules
{
    private const int LongestLabel = 63;
    private const int LongestSubdomain = 253;

    private const string SubdomainText = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
        + "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelText = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end "
        + "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string Label1035Text = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
        + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "
        + "'[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string WildcardText = "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of "
        + "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is "
        + "'\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string QualifiedBody = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
        + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string LabelValueText = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start "
        + "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string EnvText = "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not "
        + "start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

    private const string HeaderText = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for "
        + "validation is '[-A-Za-z0-9]+')";

    private const string ConfigKeyText = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  "
        + "or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    private const string PercentText = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for "
        + "validation is '[0-9]+%')";

    /// <summary>What is wrong with a DNS subdomain.</summary>
    public static string[] Subdomain(string name)
    {
        var isShort = Utf8Length(name) <= LongestSubdomain;
        var isShaped = IsSubdomain(name);
        return isShort && isShaped ? [] : Both(isShort, LongestSubdomain, isShaped, SubdomainText);
    }

    /// <summary>What is wrong with a DNS label.</summary>
    public static string[] DnsLabel(string name)
    {
        var isShort = Utf8Length(name) <= LongestLabel;
        var isShaped = IsDnsLabel(name);
        return isShort && isShaped ? [] : Both(isShort, LongestLabel, isShaped, LabelText);
    }

    /// <summary>What is wrong with a DNS label that must start with a letter.</summary>
    public static string[] DnsLabel1035(string name)
    {
        var isShort = Utf8Length(name) <= LongestLabel;
        var isShaped = IsDnsLabel(name) && char.IsAsciiLetterLower(name[0]);
        return isShort && isShaped ? [] : Both(isShort, LongestLabel, isShaped, Label1035Text);
    }

    /// <summary>What is wrong with a subdomain whose first label is a star.</summary>
    public static string[] WildcardSubdomain(string name)
    {
        var isShort = Utf8Length(name) <= LongestSubdomain;
        var isShaped = name.StartsWith("*.", StringComparison.Ordinal) && IsSubdomain(name.AsSpan(2));
        return isShort && isShaped ? [] : Both(isShort, LongestSubdomain, isShaped, WildcardText);
    }

    /// <summary>What is wrong with the name of an object that becomes a segment of a path.</summary>
    public static string[] PathSegment(string name, bool isPrefix = false)
    {
        if (!isPrefix && name is "." or "..")
        {
            return [$"may not be '{name}'"];
        }

        List<string>? texts = null;
        foreach (var letter in (ReadOnlySpan<char>)['/', '%'])
        {
            if (name.Contains(letter, StringComparison.Ordinal))
            {
                (texts ??= []).Add($"may not contain '{letter}'");
            }
        }

        return texts is null ? [] : [.. texts];
    }

    /// <summary>What is wrong with a name that may have a prefix and a slash before it.</summary>
    public static string[] QualifiedName(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return IsQualifiedPart(name) && Utf8Length(name) <= LongestLabel ? [] : NamePart(name, []);
        }

        if (name.IndexOf('/', slash + 1) >= 0)
        {
            return ["a qualified name " + QualifiedBody + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var texts = new List<string>();
        var prefix = name[..slash];
        if (prefix.Length == 0)
        {
            texts.Add("prefix part must be non-empty");
        }
        else
        {
            texts.AddRange(Subdomain(prefix).Select(text => "prefix part " + text));
        }

        return NamePart(name[(slash + 1)..], texts);
    }

    /// <summary>What is wrong with the value of a label.</summary>
    public static string[] LabelValue(string value)
    {
        var isShort = Utf8Length(value) <= LongestLabel;
        var isShaped = value.Length == 0 || IsQualifiedPart(value);
        return isShort && isShaped ? [] : Both(isShort, LongestLabel, isShaped, LabelValueText);
    }

    /// <summary>What is wrong with the name of a port.</summary>
    public static string[] PortName(string name)
    {
        const int LongestPort = 15;
        List<string>? texts = null;
        void Add(string text) => (texts ??= []).Add(text);
        if (Utf8Length(name) > LongestPort)
        {
            Add($"must be no more than {LongestPort} characters");
        }

        if (name.Length == 0 || !name.All(letter => IsLowerAlphanumeric(letter) || letter == '-'))
        {
            Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }

        if (!name.Any(char.IsAsciiLetterLower))
        {
            Add("must contain at least one letter or number (a-z, 0-9)");
        }

        if (name.Contains("--", StringComparison.Ordinal))
        {
            Add("must not contain consecutive hyphens");
        }

        if (name.Length > 0 && (name[0] == '-' || name[^1] == '-'))
        {
            Add("must not begin or end with a hyphen");
        }

        return texts is null ? [] : [.. texts];
    }

    /// <summary>What is wrong with the name of an environment variable.</summary>
    public static string[] EnvironmentName(string name)
    {
        var isShaped = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsConfigLetter);
        return isShaped ? DotNames(name) : [EnvText, .. DotNames(name)];
    }

    /// <summary>What is wrong with a key of a ConfigMap or Secret.</summary>
    public static string[] ConfigKey(string key)
    {
        var isShort = Utf8Length(key) <= LongestSubdomain;
        var isShaped = key.Length > 0 && key.All(IsConfigLetter);
        var dots = DotNames(key);
        return isShort && isShaped ? dots : [.. Both(isShort, LongestSubdomain, isShaped, ConfigKeyText), .. dots];
    }

    /// <summary>What is wrong with the name of a header of HTTP.</summary>
    public static string[] HttpHeader(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? [] : [HeaderText];

    /// <summary>What is wrong with a percentage.</summary>
    public static string[] Percent(string text) => IsPercent(text) ? [] : [PercentText];

    /// <summary>Whether a text is digits and a percent sign.</summary>
    public static bool IsPercent(string text) => text.Length > 1 && text[^1] == '%' && text.AsSpan(0, text.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Whether a text has the form of a DNS label, whatever its length.</summary>
    public static bool IsDnsLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var letter in label)
        {
            if (!IsLowerAlphanumeric(letter) && letter != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text has the form of a DNS subdomain, whatever its length.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> name)
    {
        while (true)
        {
            var dot = name.IndexOf('.');
            if (dot < 0)
            {
                return IsDnsLabel(name);
            }

            if (!IsDnsLabel(name[..dot]))
            {
                return false;
            }

            name = name[(dot + 1)..];
        }
    }

    /// <summary>Length in bytes, as limits count it.</summary>
    public static int Utf8Length(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    private static string[] NamePart(string name, List<string> texts)
    {
        if (name.Length == 0)
        {
            texts.Add("name part must be non-empty");
        }
        else if (Utf8Length(name) > LongestLabel)
        {
            texts.Add($"name part must be no more than {LongestLabel} characters");
        }

        if (!IsQualifiedPart(name))
        {
            texts.Add("name part " + QualifiedBody);
        }

        return [.. texts];
    }

    private static string[] DotNames(string name) => name switch
    {
        "." => ["must not be '.'"],
        ".." => ["must not be '..'"],
        _ => name.StartsWith("..", StringComparison.Ordinal) ? ["must not start with '..'"] : [],
    };

    private static string[] Both(bool isShort, int longest, bool isShaped, string shape) =>
        isShort ? [shape] : isShaped ? [TooLong(longest)] : [TooLong(longest), shape];

    private static string TooLong(int longest) => $"must be no more than {longest} characters";

    private static bool IsQualifiedPart(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
        {
            return false;
        }

        foreach (var letter in name)
        {
            if (!IsConfigLetter(letter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsConfigLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.';

    private static bool IsLowerAlphanumeric(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);
}
