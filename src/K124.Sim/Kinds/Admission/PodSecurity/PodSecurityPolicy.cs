using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Admission.PodSecurity;

/// <summary>A level of security in the form that it had in some version.</summary>
/// <param name="Level"><c>privileged</c>, <c>baseline</c> or <c>restricted</c>.</param>
/// <param name="Minor">Minor version; <see cref="int.MaxValue"/> for the latest.</param>
internal readonly record struct PodSecurityPolicy(string Level, int Minor)
{
    private const string Prefix = "pod-security.kubernetes.io/";
    private const string LevelText = "must be one of privileged, baseline, restricted";
    private const string VersionText = "must be \"latest\" or \"v1.x\"";

    /// <summary>Whether everything is allowed.</summary>
    public bool IsPrivileged => Level == "privileged";

    /// <summary>Whether the strictest rules hold.</summary>
    public bool IsRestricted => Level == "restricted";

    /// <summary>What a namespace demands in a mode.</summary>
    /// <param name="labels">Labels of the namespace.</param>
    /// <param name="mode"><c>enforce</c>, <c>audit</c> or <c>warn</c>.</param>
    /// <returns>The policy; where the label cannot be read, enforcing is strict and the others are not.</returns>
    public static PodSecurityPolicy Of(JsonObject? labels, string mode)
    {
        var level = labels.TextOrNull(Prefix + mode) ?? "privileged";
        if (!IsLevel(level))
        {
            level = mode == "enforce" ? "restricted" : "privileged";
        }

        return new(level, TryVersion(labels.TextOrNull($"{Prefix}{mode}-version") ?? "latest", out var minor) ? minor : int.MaxValue);
    }

    /// <summary>Labels of a namespace that cannot be read, and what the server says of them.</summary>
    /// <param name="labels">Labels of the namespace.</param>
    /// <returns>Key, value and text of each.</returns>
    public static IEnumerable<(string Key, string Value, string Text)> Problems(JsonObject? labels)
    {
        foreach (var mode in (string[])["enforce", "audit", "warn"])
        {
            if (labels.TextOrNull(Prefix + mode) is { } level && !IsLevel(level))
            {
                yield return (Prefix + mode, level, LevelText);
            }

            var key = $"{Prefix}{mode}-version";
            if (labels.TextOrNull(key) is { } version && !TryVersion(version, out _))
            {
                yield return (key, version, VersionText);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Minor == int.MaxValue ? Level + ":latest" : string.Create(CultureInfo.InvariantCulture, $"{Level}:v1.{Minor}");

    private static bool IsLevel(string level) => level is "privileged" or "baseline" or "restricted";

    private static bool TryVersion(string version, out int minor)
    {
        minor = int.MaxValue;
        if (version == "latest")
        {
            return true;
        }

        const string Head = "v1.";
        var digits = version.StartsWith(Head, StringComparison.Ordinal) ? version[Head.Length..] : "";
        return digits.Length > 0 && (digits == "0" || digits[0] != '0')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out minor);
    }
}
