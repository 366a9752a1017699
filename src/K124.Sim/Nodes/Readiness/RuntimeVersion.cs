using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using K124.Sim.Text;

namespace K124.Sim.Nodes.Readiness;

/// <summary>The version of a container runtime, as the kubelet reads and compares it.</summary>
/// <remarks>Read by the rules of semantic versions first; what fails them is read as numbers with dots. Kubernetes 1.24 apimachinery/pkg/util/version.</remarks>
internal sealed class RuntimeVersion
{
    /// <summary>What a node reports when its runtime's version cannot be read.</summary>
    public const string Unknown = "Unknown";

    private const int SemanticNumbers = 3;

    private static readonly Regex Parts = new(
        @"\A[\t\n\f\r ]*v?(?<numbers>[0-9]+(\.[0-9]+)*)(?<rest>[^\n]*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    private static readonly Regex Extra = new(
        @"\A(-(?<pre>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+(?<build>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?[\t\n\f\r ]*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    private readonly ImmutableArray<ulong> _numbers;
    private readonly string _preRelease;
    private readonly string _build;
    private readonly bool _isSemantic;

    private RuntimeVersion(ImmutableArray<ulong> numbers, bool isSemantic, string preRelease = "", string build = "") =>
        (_numbers, _isSemantic, _preRelease, _build) = (numbers, isSemantic, preRelease, build);

    /// <summary>Reads a version as the kubelet does for the node's status.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RuntimeVersion? version, [NotNullWhen(false)] out string? problem) =>
        TryParse(text, isSemantic: true, out version, out problem) || TryParse(text, isSemantic: false, out version, out problem);

    /// <summary>Reads a version by the rules of semantic versions alone.</summary>
    public static bool TryParseSemantic(string text, [NotNullWhen(true)] out RuntimeVersion? version, [NotNullWhen(false)] out string? problem) =>
        TryParse(text, isSemantic: true, out version, out problem);

    /// <summary>Compares by precedence; the build does not count.</summary>
    public int ComparePrecedence(RuntimeVersion other)
    {
        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var order = _numbers.ElementAtOrDefault(i).CompareTo(other._numbers.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return _isSemantic && other._isSemantic ? ComparePreReleases(_preRelease, other._preRelease) : 0;
    }

    /// <summary>Whether it is not older than another.</summary>
    public bool IsAtLeast(RuntimeVersion other) => ComparePrecedence(other) >= 0;

    /// <summary>The version as a node's status shows it.</summary>
    public override string ToString() => string.Join('.', _numbers)
        + (_preRelease.Length > 0 ? $"-{_preRelease}" : "")
        + (_build.Length > 0 ? $"+{_build}" : "");

    private static bool TryParse(
        string text,
        bool isSemantic,
        [NotNullWhen(true)] out RuntimeVersion? version,
        [NotNullWhen(false)] out string? problem)
    {
        version = null;
        var match = Parts.Match(text);
        if (!match.Success)
        {
            problem = $"could not parse {GoText.Quote(text)} as version";
            return false;
        }

        var components = match.Groups["numbers"].Value.Split('.');
        if (isSemantic ? components.Length != SemanticNumbers : components.Length < 2)
        {
            problem = $"illegal version string {GoText.Quote(text)}";
            return false;
        }

        problem = ReadNumbers(text, components, isSemantic, out var numbers);
        if (problem is not null)
        {
            return false;
        }

        var rest = match.Groups["rest"].Value;
        if (!isSemantic || rest.Length == 0)
        {
            version = new(numbers, isSemantic);
            return true;
        }

        var extra = Extra.Match(rest);
        if (!extra.Success)
        {
            problem = $"could not parse pre-release/metadata ({rest}) in version {GoText.Quote(text)}";
            return false;
        }

        var preRelease = extra.Groups["pre"].Value;
        if (Array.Find(preRelease.Split('.'), part => part.Length > 1 && part.All(char.IsAsciiDigit) && part[0] == '0') is { } padded)
        {
            problem = ZeroFault(padded, text);
            return false;
        }

        version = new(numbers, isSemantic, preRelease, extra.Groups["build"].Value);
        return true;
    }

    private static string? ReadNumbers(string text, string[] components, bool isSemantic, out ImmutableArray<ulong> numbers)
    {
        var read = ImmutableArray.CreateBuilder<ulong>(components.Length);
        numbers = [];
        foreach (var component in components)
        {
            if ((read.Count == 0 || isSemantic) && component.Length > 1 && component[0] == '0')
            {
                return ZeroFault(component, text);
            }

            if (!ulong.TryParse(component, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return $"illegal non-numeric version component {GoText.Quote(component)} in {GoText.Quote(text)}: "
                    + $"strconv.ParseUint: parsing {GoText.Quote(component)}: value out of range";
            }

            read.Add(number);
        }

        numbers = read.ToImmutable();
        return null;
    }

    private static string ZeroFault(string component, string text) =>
        $"illegal zero-prefixed version component {GoText.Quote(component)} in {GoText.Quote(text)}";

    private static int ComparePreReleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length);
        }

        var (own, other) = (left.Split('.'), right.Split('.'));
        foreach (var (part, otherPart) in own.Zip(other))
        {
            var order = TryNumber(part, out var number) && TryNumber(otherPart, out var otherNumber)
                ? number.CompareTo(otherNumber)
                : string.CompareOrdinal(part, otherPart);
            if (order != 0)
            {
                return order;
            }
        }

        return own.Length.CompareTo(other.Length);
    }

    private static bool TryNumber(string text, out ulong number) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
