using System.Globalization;

namespace K124.Sim.Text;

/// <summary>An IP address as the API server reads it: leading zeros of IPv4 octets are allowed, zones are not.</summary>
/// <param name="Bits">The address; one of IPv4 fills the lowest 32 bits.</param>
/// <param name="IsV4">Whether it is of IPv4, or an IPv4 address written as one of IPv6.</param>
internal readonly record struct IPText(UInt128 Bits, bool IsV4)
{
    private const int Groups = 8;
    private const int Octets = 4;
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    /// <summary>Whether it is the address that means none.</summary>
    public bool IsUnspecified => Bits == 0;

    /// <summary>Whether it names the machine itself.</summary>
    public bool IsLoopback => IsV4 ? Bits >> 24 == 127 : Bits == 1;

    /// <summary>Whether it is valid on its link only.</summary>
    public bool IsLinkLocalUnicast => IsV4 ? Bits >> 16 == 0xA9FE : Bits >> 118 == 0x3FA;

    /// <summary>Whether it is a group of machines on the link.</summary>
    public bool IsLinkLocalMulticast => IsV4 ? Bits >> 8 == 0xE00000 : Bits >> 120 == 0xFF && ((Bits >> 112) & 0xF) == 2;

    /// <summary>Width of addresses of the family in bits.</summary>
    public int Width => IsV4 ? 32 : 128;

    /// <summary>Reads an address.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPText address)
    {
        address = default;
        if (!text.Contains(':'))
        {
            return TryOctets(text, out var octets) && Make(octets, isV4: true, out address);
        }

        if (!TryGroups(text, out var bits))
        {
            return false;
        }

        var isMapped = bits >> 32 == MappedPrefix >> 32;
        return Make(isMapped ? bits & uint.MaxValue : bits, isMapped, out address);
    }

    /// <summary>Reads a range such as <c>10.0.0.0/8</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address as it stands before the slash.</param>
    /// <param name="prefixLength">How many leading bits all addresses of the range share.</param>
    public static bool TryParseCidr(string text, out IPText address, out int prefixLength)
    {
        address = default;
        prefixLength = 0;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0
            && TryParse(text.AsSpan(0, slash), out address)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength)
            && prefixLength <= address.Width;
    }

    /// <summary>The address with all bits after a prefix cleared.</summary>
    public IPText Masked(int prefixLength)
    {
        var rest = Width - prefixLength;
        return this with { Bits = rest >= 128 ? 0 : Bits >> rest << rest };
    }

    private static bool Make(UInt128 bits, bool isV4, out IPText address)
    {
        address = new(bits, isV4);
        return true;
    }

    private static bool TryOctets(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        var count = 0;
        foreach (var part in text.ToString().Split('.'))
        {
            if (++count > Octets || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet) || octet > byte.MaxValue)
            {
                return false;
            }

            bits = (bits << 8) | (uint)octet;
        }

        return count == Octets;
    }

    private static bool TryGroups(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryList(text, out bits, out var all) && all == Groups;
        }

        var head = text[..gap];
        var tail = text[(gap + 2)..];
        UInt128 front = 0;
        UInt128 back = 0;
        var before = 0;
        var after = 0;
        if ((!head.IsEmpty && !TryList(head, out front, out before)) || (!tail.IsEmpty && !TryList(tail, out back, out after)) || before + after >= Groups)
        {
            return false;
        }

        bits = before == 0 ? back : (front << (16 * (Groups - before))) | back;
        return true;
    }

    private static bool TryList(ReadOnlySpan<char> text, out UInt128 bits, out int count)
    {
        bits = 0;
        count = 0;
        var hasOctets = false;
        foreach (var part in text.ToString().Split(':'))
        {
            if (hasOctets || count >= Groups)
            {
                return false;
            }

            if (part.Contains('.'))
            {
                hasOctets = true;
                if (!TryOctets(part, out var octets))
                {
                    return false;
                }

                bits = (bits << 32) | octets;
                count += 2;
            }
            else if (part.Length is > 0 and <= 4 && ushort.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group))
            {
                bits = (bits << 16) | group;
                count++;
            }
            else
            {
                return false;
            }
        }

        return count <= Groups;
    }
}
