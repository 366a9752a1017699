namespace K124.Sim.Scheduling.Algorithm;

/// <summary>Amounts with which 64-bit arithmetic may wrap around, so that scores leave the range 0 to 100.</summary>
internal static class ExtremeAmounts
{
    // A hundred times the sum of two such amounts still fits 63 bits.
    private const long Largest = (1L << 55) - 1;

    /// <summary>Whether one of several amounts, or-ed together, is extreme.</summary>
    public static bool Has(long amounts) => (ulong)amounts > Largest;

    /// <summary>A quotient as Go gives it: the one that overflows wraps around.</summary>
    public static long Quotient(long dividend, long divisor) => divisor == -1 ? unchecked(-dividend) : dividend / divisor;
}
