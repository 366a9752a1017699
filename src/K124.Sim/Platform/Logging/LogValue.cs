using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.Platform.Logging;

/// <summary>A value of a log line, as it is printed.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsQuoted">Whether it is put in quotes: texts, errors and what names itself are.</param>
/// <remarks>Kubernetes 1.24 k8s.io/klog/v2.</remarks>
internal readonly record struct LogValue(string Text, bool IsQuoted)
{
    /// <summary>What stands for a value that was not given.</summary>
    public static LogValue Missing { get; } = Of("(MISSING)");

    /// <summary>Nothing.</summary>
    public static LogValue Nil { get; } = new("<nil>", IsQuoted: false);

    /// <summary>A text, an error, or the name of something.</summary>
    public static LogValue Of(string text) => new(text, IsQuoted: true);

    /// <summary>A number.</summary>
    public static LogValue Of(long number) => new(number.ToString(CultureInfo.InvariantCulture), IsQuoted: false);

    /// <summary>A number.</summary>
    public static LogValue Of(double number) => new(GoFloat.Text(number), IsQuoted: false);

    /// <summary>Yes or no.</summary>
    public static LogValue Of(bool value) => new(value ? "true" : "false", IsQuoted: false);

    /// <summary>A duration.</summary>
    public static LogValue Of(TimeSpan duration) => Of(GoDuration.Text(duration));

    /// <summary>A reference to an object: its namespace and name, or the name alone.</summary>
    public static LogValue OfObject(string @namespace, string name) => Of(@namespace.Length == 0 ? name : $"{@namespace}/{name}");

    /// <summary>A list.</summary>
    public static LogValue OfList(IEnumerable<string> items) => new($"[{string.Join(' ', items)}]", IsQuoted: false);

    /// <summary>A map, which is printed in the order of its keys.</summary>
    public static LogValue OfMap(IEnumerable<KeyValuePair<string, string>> entries) => new(
        $"map[{string.Join(' ', entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{entry.Value}"))}]",
        IsQuoted: false);
}
