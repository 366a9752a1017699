using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Model;

/// <summary>An exact amount of a resource, as Kubernetes reads, compares, adds and writes it.</summary>
/// <remarks>
/// Holds whole multiples of 10⁻⁹ between ±(2¹²⁷−1)·10⁻⁹. Anything finer is rounded away from zero when read, as the API
/// server does. Two quantities are equal when their amounts are, however they are written.
/// Deviation: Kubernetes also accepts amounts beyond 1.7·10²⁹; they are refused here.
/// Kubernetes 1.24 apimachinery/pkg/api/resource.
/// </remarks>
public readonly partial struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    internal const long NanosPerUnit = 1_000_000_000;
    private const long NanosPerMilli = 1_000_000;

    /// <summary>Stands for an amount of too many digits for 64 bits, or one that was computed.</summary>
    private const sbyte AnyExponent = sbyte.MinValue;
    private const sbyte MilliExponent = 3;

    private readonly long _high;
    private readonly ulong _low;

    // Power of ten that the digits, taken as a whole number, were written with; it decides what comes out beyond 64 bits.
    private readonly sbyte _exponent;

    private Quantity(Int128 nanos, QuantityFormat format, sbyte exponent = AnyExponent)
    {
        _exponent = exponent;
        _high = (long)(nanos >> 64);
        _low = (ulong)(UInt128)(nanos & ulong.MaxValue);
        Format = format;
    }

    /// <summary>How the amount is written.</summary>
    public QuantityFormat Format { get; }

    /// <summary>Whether the amount is 0.</summary>
    public bool IsZero => (_high | (long)_low) == 0;

    internal Int128 Nanos => new((ulong)_high, _low);

    /// <summary>Makes a whole amount.</summary>
    /// <param name="units">The amount, in units (bytes, cores, pieces).</param>
    /// <param name="format">How it is written.</param>
    /// <returns>The quantity.</returns>
    public static Quantity FromUnits(long units, QuantityFormat format = QuantityFormat.DecimalSI) =>
        new((Int128)units * NanosPerUnit, format, exponent: 0);

    /// <summary>Makes an amount of thousandths.</summary>
    /// <param name="milli">The amount, in thousandths of a unit.</param>
    /// <returns>The quantity, written with decimal suffixes.</returns>
    public static Quantity FromMilli(long milli) => new((Int128)milli * NanosPerMilli, QuantityFormat.DecimalSI, exponent: -MilliExponent);

    /// <summary>The amount in whole units, rounded away from zero.</summary>
    /// <returns>The amount. Beyond 64 bits it is what Kubernetes computes: 0, or the amount modulo 2⁶⁴, by how it was written.</returns>
    public long Value() => Scaled(NanosPerUnit, 0);

    /// <summary>The amount in thousandths, rounded away from zero.</summary>
    /// <returns>The amount. Beyond 64 bits it is what Kubernetes computes: 0, or the amount modulo 2⁶⁴, by how it was written.</returns>
    public long MilliValue() => Scaled(NanosPerMilli, MilliExponent);

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Nanos.CompareTo(other.Nanos);

    /// <inheritdoc/>
    public bool Equals(Quantity other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <summary>The sum of two quantities, written like the left one unless that is 0.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    /// <returns>The exact sum.</returns>
    /// <exception cref="OverflowException">The sum is beyond ±1.7·10²⁹.</exception>
    public static Quantity operator +(Quantity left, Quantity right) =>
        new(checked(left.Nanos + right.Nanos), left.IsZero ? right.Format : left.Format);

    /// <summary>The difference of two quantities, written like the left one unless that is 0.</summary>
    /// <param name="left">Amount to subtract from.</param>
    /// <param name="right">Amount to subtract.</param>
    /// <returns>The exact difference.</returns>
    /// <exception cref="OverflowException">The difference is beyond ±1.7·10²⁹.</exception>
    public static Quantity operator -(Quantity left, Quantity right) =>
        new(checked(left.Nanos - right.Nanos), left.IsZero ? right.Format : left.Format);

    /// <summary>The negated amount.</summary>
    /// <param name="quantity">Amount to negate.</param>
    /// <returns>The exact negation.</returns>
    public static Quantity operator -(Quantity quantity) => new(-quantity.Nanos, quantity.Format);

    /// <summary>Whether the amounts are equal.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    /// <returns>True if they are.</returns>
    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    /// <summary>Whether the amounts differ.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    /// <returns>True if they do.</returns>
    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    /// <summary>Whether the left amount is less.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    /// <returns>True if it is.</returns>
    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is greater.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    /// <returns>True if it is.</returns>
    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is not greater.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    /// <returns>True if it is not.</returns>
    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is not less.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    /// <returns>True if it is not.</returns>
    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    private long Scaled(long nanosPerStep, sbyte stepExponent)
    {
        var (quotient, remainder) = Int128.DivRem(Nanos, nanosPerStep);
        var amount = quotient + Int128.Sign(remainder);
        if (amount >= long.MinValue && amount <= long.MaxValue)
        {
            return (long)amount;
        }

        // Go multiplies by these powers of ten at once, and notices the overflow of others, which it multiplies step by step.
        return _exponent == AnyExponent || _exponent + stepExponent is 1 or 2 or 3 or 6 or 9 ? unchecked((long)(ulong)amount) : 0;
    }
}
