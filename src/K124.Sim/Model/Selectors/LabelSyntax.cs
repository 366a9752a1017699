namespace K124.Sim.Model.Selectors;

/// <summary>Which texts may be label keys and values.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/util/validation.</remarks>
internal static class LabelSyntax
{
    private const int LongestName = 63;
    private const int LongestPrefix = 253;

    private const string ValuePattern = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private const string NamePattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string SubdomainPattern = @"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    /// <summary>What is wrong with a label value; empty if nothing.</summary>
    public static IEnumerable<string> ValueErrors(string value)
    {
        if (value.Length > LongestName)
        {
            yield return $"must be no more than {LongestName} characters";
        }

        if (value.Length > 0 && !IsName(value))
        {
            yield return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end "
                + $"with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '{ValuePattern}')";
        }
    }

    /// <summary>What is wrong with a qualified name, such as a label key or a resource name; empty if nothing.</summary>
    public static IEnumerable<string> QualifiedNameErrors(string key)
    {
        const string NameExamples = $"(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{NamePattern}')";
        var parts = key.Split('/');
        if (parts.Length > 2)
        {
            yield return "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                + $"{NameExamples} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            yield break;
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
            {
                yield return "prefix part must be non-empty";
            }
            else
            {
                foreach (var error in SubdomainErrors(parts[0]))
                {
                    yield return "prefix part " + error;
                }
            }
        }

        var name = parts[^1];
        if (name.Length == 0)
        {
            yield return "name part must be non-empty";
        }
        else if (name.Length > LongestName)
        {
            yield return $"name part must be no more than {LongestName} characters";
        }

        if (!IsName(name))
        {
            yield return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                + NameExamples;
        }
    }

    /// <summary>What is wrong with a DNS subdomain; empty if nothing.</summary>
    public static IEnumerable<string> SubdomainErrors(string value)
    {
        if (value.Length > LongestPrefix)
        {
            yield return $"must be no more than {LongestPrefix} characters";
        }

        if (!value.Split('.').All(IsSubdomainPart))
        {
            yield return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end "
                + $"with an alphanumeric character (e.g. 'example.com', regex used for validation is '{SubdomainPattern}')";
        }
    }

    private static bool IsName(string text) =>
        text.Length > 0
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsSubdomainPart(string text) =>
        text.Length > 0
        && IsLowerOrDigit(text[0])
        && IsLowerOrDigit(text[^1])
        && text.All(static c => IsLowerOrDigit(c) || c == '-');

    private static bool IsLowerOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
