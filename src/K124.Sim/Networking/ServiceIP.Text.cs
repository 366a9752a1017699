using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace K124.Sim.Networking;

public readonly partial record struct ServiceIP
{
    private const int GroupCount = 8;

    // Where Kubernetes' number reader gives up, however many leading zeros came before.
    private const int NumberLimit = 0xFFFFFF;

    /// <summary>Reads an address.</summary>
    /// <param name="text">Dotted quad (leading zeros are accepted) or IPv6 text without a zone.</param>
    /// <param name="address">The address, or 0.0.0.0.</param>
    /// <returns>False if the text is not an address.</returns>
    /// <remarks>Kubernetes 1.24 k8s.io/utils/net ParseIPSloppy.</remarks>
    public static bool TryParse([NotNullWhen(true)] string? text, out ServiceIP address)
    {
        address = default;
        var span = text.AsSpan();
        var mark = span.IndexOfAny('.', ':');
        if (mark < 0)
        {
            return false;
        }

        return span[mark] == '.' ? TryParseIPv4(span, out address) : TryParseIPv6(span, out address);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="text">Dotted quad (leading zeros are accepted) or IPv6 text without a zone.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static ServiceIP Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an IP address.");

    /// <summary>The canonical text, for example <c>10.0.0.1</c> or <c>fd00::a</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (Family == IPFamily.IPv4)
        {
            var value = (uint)_low;
            return string.Create(CultureInfo.InvariantCulture, $"{value >> 24}.{(value >> 16) & 0xFF}.{(value >> 8) & 0xFF}.{value & 0xFF}");
        }

        var (runStart, runLength) = LongestZeroRun();
        var text = new StringBuilder(39);
        for (var i = 0; i < GroupCount; i++)
        {
            if (i == runStart)
            {
                text.Append("::");
                i += runLength - 1;
                continue;
            }

            if (i > 0 && i != runStart + runLength)
            {
                text.Append(':');
            }

            text.Append(CultureInfo.InvariantCulture, $"{Group(i):x}");
        }

        return text.ToString();
    }

    internal static bool TryParseIPv4(ReadOnlySpan<char> text, out ServiceIP address)
    {
        address = default;
        var value = 0u;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                if (text.IsEmpty || text[0] != '.')
                {
                    return false;
                }

                text = text[1..];
            }

            if (!TryReadNumber(ref text, 10, out var part) || part > 0xFF)
            {
                return false;
            }

            value = (value << 8) | (uint)part;
        }

        address = OfIPv4(value);
        return text.IsEmpty;
    }

    internal static bool TryParseIPv6(ReadOnlySpan<char> text, out ServiceIP address)
    {
        address = default;
        if (!TryReadGroups(text, out var value))
        {
            return false;
        }

        address = OfIPv6(value);
        return true;
    }

    internal static bool TryReadGroups(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = default;
        Span<ushort> groups = stackalloc ushort[GroupCount];
        groups.Clear();
        var count = 0;
        var gap = -1;
        if (text.StartsWith("::"))
        {
            gap = 0;
            text = text[2..];
        }

        while (count < GroupCount && !text.IsEmpty)
        {
            var rest = text;
            if (!TryReadNumber(ref rest, 16, out var group) || group > 0xFFFF)
            {
                return false;
            }

            if (!rest.IsEmpty && rest[0] == '.')
            {
                if ((gap < 0 && count != GroupCount - 2) || count > GroupCount - 2 || !TryParseIPv4(text, out var quad))
                {
                    return false;
                }

                groups[count++] = (ushort)(quad.Value >> 16);
                groups[count++] = (ushort)quad.Value;
                text = default;
                break;
            }

            groups[count++] = (ushort)group;
            text = rest;
            if (text.IsEmpty)
            {
                break;
            }

            if (text[0] != ':' || text.Length == 1)
            {
                return false;
            }

            text = text[1..];
            if (text[0] == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                text = text[1..];
            }
        }

        if (!text.IsEmpty || (gap < 0) != (count == GroupCount))
        {
            return false;
        }

        for (var i = 0; i < GroupCount; i++)
        {
            var source = gap < 0 || i < gap ? i : i - (GroupCount - count);
            value = (value << 16) | (source < gap && i >= gap ? (ushort)0 : groups[source]);
        }

        return true;
    }

    /// <summary>Reads digits as Kubernetes does: at least one, the value less than a fixed limit, leading zeros without end.</summary>
    internal static bool TryReadNumber(ref ReadOnlySpan<char> text, int numberBase, out int number)
    {
        number = 0;
        var length = 0;
        while (length < text.Length && char.IsAsciiHexDigit(text[length]) && (numberBase == 16 || char.IsAsciiDigit(text[length])))
        {
            number = (number * numberBase) + Convert.ToInt32(text[length].ToString(), 16);
            if (number >= NumberLimit)
            {
                return false;
            }

            length++;
        }

        text = text[length..];
        return length > 0;
    }

    private ushort Group(int index) => (ushort)(Value >> (16 * (GroupCount - 1 - index)));

    private (int Start, int Length) LongestZeroRun()
    {
        var best = (Start: -1, Length: 1);
        for (var i = 0; i < GroupCount; i++)
        {
            var end = i;
            while (end < GroupCount && Group(end) == 0)
            {
                end++;
            }

            if (end - i > best.Length)
            {
                best = (i, end - i);
            }
        }

        return best.Start < 0 ? (-1, 0) : best;
    }
}
