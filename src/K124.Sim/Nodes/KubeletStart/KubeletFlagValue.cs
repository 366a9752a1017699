using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using K124.Sim.Platform;
using K124.Sim.Text;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>Reads the values of flags.</summary>
internal static class KubeletFlagValue
{
    /// <summary>Reads a value.</summary>
    /// <param name="kind">Type of the setting.</param>
    /// <param name="text">The text.</param>
    /// <param name="already">What the same flag gave before; null if this is the first time.</param>
    /// <param name="value">The value.</param>
    /// <param name="problem">What is wrong with the text.</param>
    public static bool TryParse(
        KubeletValueKind kind,
        string text,
        object? already,
        [NotNullWhen(true)] out object? value,
        [NotNullWhen(false)] out string? problem)
    {
        value = null;
        problem = kind switch
        {
            KubeletValueKind.Bool => ParseBool(text, out value),
            KubeletValueKind.Int32 => ParseInteger(text, int.MinValue, int.MaxValue, out value),
            KubeletValueKind.Int64 => ParseInteger(text, long.MinValue, long.MaxValue, out value),
            KubeletValueKind.Duration => ParseDuration(text, out value),
            KubeletValueKind.TextMap => ParseMap(text, '=', already, out value),
            KubeletValueKind.Thresholds => ParseMap(text, '<', already, out value),
            KubeletValueKind.BoolMap => ParseGates(text, already, out value),
            _ => null,
        };
        value ??= problem is not null ? null : kind switch
        {
            KubeletValueKind.TextList => ((ImmutableArray<string>?)already ?? []).AddRange(text.Length == 0 ? [] : text.Split(',')),
            KubeletValueKind.Labels => Labels(text, already),
            _ => text,
        };
        return value is not null;
    }

    private static string? ParseBool(string text, out object? value)
    {
        value = FeatureGates.ParseBool(text);
        return value is null ? $"strconv.ParseBool: parsing {GoText.Quote(text)}: invalid syntax" : null;
    }

    private static string? ParseInteger(string text, long least, long most, out object? value)
    {
        value = null;
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var isNumber = isHex
            ? Int128.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        if (!isNumber || number < least || number > most)
        {
            return $"strconv.ParseInt: parsing {GoText.Quote(text)}: {(isNumber ? "value out of range" : "invalid syntax")}";
        }

        value = (long)number;
        return null;
    }

    private static string? ParseDuration(string text, out object? value)
    {
        var isRead = GoDuration.TryParse(text, out var duration, out var problem);
        value = isRead ? duration : null;
        return problem;
    }

    private static string? ParseMap(string text, char separator, object? already, out object? value)
    {
        var map = ((ImmutableSortedDictionary<string, string>?)already ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).ToBuilder();
        value = null;
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split(separator, 2) is not [var name, var content])
            {
                return $"malformed pair, expect string{separator}string";
            }

            map[name.Trim()] = content.Trim();
        }

        value = map.ToImmutable();
        return null;
    }

    private static string? ParseGates(string text, object? already, out object? value)
    {
        var map = ((ImmutableSortedDictionary<string, bool>?)already ?? ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal)).ToBuilder();
        value = null;
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [var name, var content])
            {
                return "malformed pair, expect string=bool";
            }

            if (FeatureGates.ParseBool(content.Trim()) is not { } isEnabled)
            {
                return $"invalid value of {name.Trim()}: {content.Trim()}, err: *strconv.NumError";
            }

            map[name.Trim()] = isEnabled;
        }

        value = map.ToImmutable();
        return null;
    }

    private static ImmutableSortedDictionary<string, string> Labels(string text, object? already)
    {
        var map = ((ImmutableSortedDictionary<string, string>?)already ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).ToBuilder();
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            map[parts[0].Trim()] = parts.Length > 1 ? parts[1].Trim() : "";
        }

        return map.ToImmutable();
    }
}
