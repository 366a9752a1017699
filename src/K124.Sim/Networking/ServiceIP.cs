using System.Buffers.Binary;
using System.Net;

namespace K124.Sim.Networking;

/// <summary>An IP address as a plain value; an IPv4-mapped IPv6 address is the IPv4 address.</summary>
/// <remarks>Reads what Kubernetes 1.24 reads (leading zeros in dotted quads are accepted) and prints the canonical text
/// (RFC 5952). The default is 0.0.0.0.</remarks>
public readonly partial record struct ServiceIP : IComparable<ServiceIP>
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    private readonly UInt128 _value;

    private ServiceIP(IPFamily family, UInt128 value)
    {
        Family = family;
        _value = value;
    }

    /// <summary>Family of the address.</summary>
    public IPFamily Family { get; }

    internal UInt128 Value => _value;

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
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return new(Family == IPFamily.IPv4 ? bytes[12..] : bytes);
    }

    /// <summary>Orders IPv4 before IPv6, then by number.</summary>
    /// <param name="other">Address to compare with.</param>
    /// <returns>Less than, equal to or greater than 0.</returns>
    public int CompareTo(ServiceIP other) => Family != other.Family ? Family.CompareTo(other.Family) : _value.CompareTo(other._value);

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

    internal static ServiceIP OfIPv4(uint value) => new(IPFamily.IPv4, value);

    internal static ServiceIP OfIPv6(UInt128 value) => value >> 32 == MappedPrefix >> 32 ? OfIPv4((uint)value) : new(IPFamily.IPv6, value);

    internal static ServiceIP Of(IPFamily family, UInt128 value) => new(family, value);
}
