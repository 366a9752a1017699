using System.Buffers.Binary;
using System.Net;

namespace K124.Sim.Networking;

/// <summary>An IP address as a plain value; an IPv4-mapped IPv6 address is the IPv4 address.</summary>
/// <remarks>Reads what Kubernetes 1.24 reads (leading zeros in dotted quads are accepted) and prints the canonical text
/// (RFC 5952). The default is 0.0.0.0.</remarks>
public readonly partial record struct ServiceIP : IComparable<ServiceIP>
{
    private const ulong MappedPrefix = 0xFFFFUL << 32;

    // The 16 bytes of the IPv6 form, ::ffff:a.b.c.d for an IPv4 address. The low half has the mapped prefix flipped, so that
    // an IPv4 address is a number below 2^32, and the default is 0.0.0.0.
    private readonly ulong _high;
    private readonly ulong _low;

    private ServiceIP(ulong high, ulong low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>Family of the address.</summary>
    public IPFamily Family => _high == 0 && _low <= uint.MaxValue ? IPFamily.IPv4 : IPFamily.IPv6;

    /// <summary>The address as a number of 32 or 128 bits.</summary>
    internal UInt128 Value => Family == IPFamily.IPv4 ? _low : new UInt128(_high, _low ^ MappedPrefix);

    /// <summary>Takes the address from the framework's type.</summary>
    /// <param name="address">An IPv4 or IPv6 address; a scope id is dropped.</param>
    /// <returns>The address.</returns>
    public static ServiceIP From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4
            ? OfIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : OfIPv6(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The address as the framework's type.</summary>
    /// <returns>A new object.</returns>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new(Family == IPFamily.IPv4 ? bytes[12..] : bytes);
    }

    /// <summary>Orders IPv4 before IPv6, then by number.</summary>
    /// <param name="other">Address to compare with.</param>
    /// <returns>Less than, equal to or greater than 0.</returns>
    public int CompareTo(ServiceIP other) => Family != other.Family ? Family.CompareTo(other.Family) : Value.CompareTo(other.Value);

    /// <summary>Whether the left address comes first.</summary>
    /// <param name="left">First address.</param>
    /// <param name="right">Second address.</param>
    /// <returns>True if it does.</returns>
    public static bool operator <(ServiceIP left, ServiceIP right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left address comes last.</summary>
    /// <param name="left">First address.</param>
    /// <param name="right">Second address.</param>
    /// <returns>True if it does.</returns>
    public static bool operator >(ServiceIP left, ServiceIP right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left address does not come last.</summary>
    /// <param name="left">First address.</param>
    /// <param name="right">Second address.</param>
    /// <returns>True if it does not.</returns>
    public static bool operator <=(ServiceIP left, ServiceIP right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left address does not come first.</summary>
    /// <param name="left">First address.</param>
    /// <param name="right">Second address.</param>
    /// <returns>True if it does not.</returns>
    public static bool operator >=(ServiceIP left, ServiceIP right) => left.CompareTo(right) >= 0;

    internal static ServiceIP OfIPv4(uint value) => new(0, value);

    internal static ServiceIP OfIPv6(UInt128 value) => new((ulong)(value >> 64), (ulong)value ^ MappedPrefix);

    /// <summary>The address a number of steps on, where a step does not carry out of the low 32 bits.</summary>
    internal ServiceIP Plus(uint steps) => new(_high, _low + steps);

    /// <summary>Steps from another address to this one if both agree in the upper half; else, or if they are many, a large number.</summary>
    internal ulong StepsFrom(ServiceIP other) => _high == other._high ? _low - other._low : ulong.MaxValue;
}
