namespace K124.Sim.Batch.Jobs;

/// <summary>Checks of names against RFC 1123, with the texts of the API server.</summary>
internal static class DnsName
{
    public const int LongestSubdomain = 253;
    private const int LongestLabel = 63;

    /// <returns>What is wrong with the name as a subdomain, or null.</returns>
    public static string? SubdomainError(string name) =>
        name.Length > LongestSubdomain ? $"must be no more than {LongestSubdomain} characters"
        : name.Split('.').All(IsLabel) ? null
        : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
            + "alphanumeric character (e.g. 'example.com', regex used for validation is "
            + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <returns>What is wrong with the name as a label, or null.</returns>
    public static string? LabelError(string name) =>
        name.Length > LongestLabel ? $"must be no more than {LongestLabel} characters"
        : IsLabel(name) ? null
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric "
            + "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>Whether the name may be a host name: a label of at most 63 characters.</summary>
    public static bool IsHostname(string name) => LabelError(name) is null;

    private static bool IsLabel(string label) =>
        label.Length > 0 && label[0] != '-' && label[^1] != '-' && label.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
