using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace K124.Sim.Networking;

/// <summary>A block of addresses that cluster IPs come from: a network and how much of it the allocator uses.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/service/ipallocator; KEP-3070 for the bands. Offsets count from the first usable
/// address, which follows the network address.</remarks>
public sealed record ServiceCidr
{
    private const int IPv6AddressCap = 65536;
    private const int SmallestSplitSize = 16;
    private const int SmallestStaticBand = 16;
    private const int LargestStaticBand = 256;

    private readonly string _text;

    private ServiceCidr(ServiceIP network, int prefixLength)
    {
        Network = network;
        PrefixLength = prefixLength;
        _text = string.Create(CultureInfo.InvariantCulture, $"{network}/{prefixLength}");
        var hostBits = AddressBits - prefixLength;
        Size = hostBits >= (Family == IPFamily.IPv4 ? 31 : 127) ? 0
            : hostBits >= 63 ? long.MaxValue
            : 1L << hostBits;
        var usable = Family == IPFamily.IPv4 ? Size - 2 : Math.Min(Size, IPv6AddressCap) - 1;
        UsableCount = (int)Math.Max(0, usable);
    }

    /// <summary>Network address: host bits are zero.</summary>
    public ServiceIP Network { get; }

    /// <summary>Number of leading bits that all addresses share: 0 to 32, or to 128.</summary>
    public int PrefixLength { get; }

    /// <summary>Family of the addresses.</summary>
    public IPFamily Family => Network.Family;

    /// <summary>Number of addresses in the block; 0 for a prefix of 0 or 1, and 2⁶³ − 1 for 2⁶³ or more.</summary>
    public long Size { get; }

    /// <summary>Number of addresses that can be allocated: without network and broadcast address, and for IPv6 at most 65535.</summary>
    public int UsableCount { get; }

    /// <summary>Size of the static band when the ServiceIPStaticSubrange gate is on: a sixteenth, but 16 to 256; 0 for a block of
    /// fewer than 16 addresses.</summary>
    /// <remarks>A block of exactly 16 addresses has a static band larger than its usable part; see <see cref="AllocationStatus.Panic"/>.</remarks>
    public int StaticBandSize => Size < SmallestSplitSize ? 0 : (int)Math.Clamp(Size / 16, SmallestStaticBand, LargestStaticBand);

    private int AddressBits => Family == IPFamily.IPv4 ? 32 : 128;

    /// <summary>Reads a block such as <c>10.96.0.0/12</c>; host bits are dropped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cidr">The block, or null.</param>
    /// <returns>False if the text is not a block; Kubernetes says <c>invalid CIDR address: …</c>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ServiceCidr? cidr)
    {
        cidr = null;
        var span = text.AsSpan();
        var slash = span.IndexOf('/');
        if (slash < 0)
        {
            return false;
        }

        var prefixText = span[(slash + 1)..];
        if (!ServiceIP.TryReadNumber(ref prefixText, 10, out var prefixLength) || !prefixText.IsEmpty)
        {
            return false;
        }

        if (ServiceIP.TryParseIPv4(span[..slash], out var address))
        {
            if (prefixLength > 32)
            {
                return false;
            }

            var network = prefixLength == 0 ? 0 : (uint)address.Value & (uint.MaxValue << (32 - prefixLength));
            cidr = new(ServiceIP.OfIPv4(network), prefixLength);
            return true;
        }

        if (prefixLength > 128 || !ServiceIP.TryReadGroups(span[..slash], out var value))
        {
            return false;
        }

        var masked = ServiceIP.OfIPv6(prefixLength == 0 ? 0 : value & (UInt128.MaxValue << (128 - prefixLength)));
        cidr = new(masked, masked.Family == IPFamily.IPv4 ? prefixLength - 96 : prefixLength);
        return true;
    }

    /// <summary>Reads a block such as <c>10.96.0.0/12</c>; host bits are dropped.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The block.</returns>
    /// <exception cref="FormatException">The text is not a block.</exception>
    public static ServiceCidr Parse(string text) => TryParse(text, out var cidr)
        ? cidr
        : throw new FormatException($"invalid CIDR address: {text}");

    /// <summary>The usable address at an offset.</summary>
    /// <param name="offset">Offset, 0 to <see cref="UsableCount"/> − 1.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such offset.</exception>
    public ServiceIP AddressAt(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, UsableCount);
        return At(offset);
    }

    /// <summary>Finds the offset of a usable address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="offset">Its offset, or −1.</param>
    /// <returns>False if the address is not one that can be allocated.</returns>
    /// <remarks>As in 1.24 the distance is cut to 64 bits, so addresses 2⁶⁴ apart alias in blocks wider than /64.</remarks>
    public bool TryGetOffset(ServiceIP address, out int offset)
    {
        // The network's host bits are zero: a distance that small means that the prefix agrees.
        var distance = address.StepsFrom(Network) - 1;
        var inside = distance < (ulong)UsableCount || (PrefixLength < 64 && IsAliased(address, out distance));
        offset = inside ? (int)distance : -1;
        return inside;
    }

    /// <summary>Whether the address lies in the block, usable or not.</summary>
    /// <param name="address">The address.</param>
    /// <returns>True if it does.</returns>
    public bool Contains(ServiceIP address) =>
        address.Family == Family && (PrefixLength == 0 || ((address.Value ^ Network.Value) >> (AddressBits - PrefixLength)) == 0);

    /// <summary>The canonical text, for example <c>fd00::/108</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;

    internal ServiceIP At(int offset) => Network.Plus((uint)offset + 1);

    /// <summary>The address at an offset that may lie beyond the usable ones; null once it leaves the block.</summary>
    internal ServiceIP? AtOrNull(long offset)
    {
        var value = Network.Value + 1 + (UInt128)offset;
        if (value < Network.Value || (Family == IPFamily.IPv4 && value > uint.MaxValue))
        {
            return null;
        }

        var address = Family == IPFamily.IPv4 ? ServiceIP.OfIPv4((uint)value) : ServiceIP.OfIPv6(value);
        return Contains(address) ? address : null;
    }

    private bool IsAliased(ServiceIP address, out ulong distance)
    {
        distance = (ulong)(address.Value - Network.Value) - 1;
        return Contains(address) && distance < (ulong)UsableCount;
    }
}
