namespace K124.Sim.Scheduling.Algorithm;

/// <summary>The natural logarithm as the real scheduler's runtime computes it.</summary>
/// <remarks>The classic FDLIBM algorithm, evaluated in this order; <see cref="Math.Log(double)"/> differs in the last bit for
/// some integers, and scores must be equal to the bit.</remarks>
internal static class FdlibmLog
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double L1 = 6.666666666666735130e-01;
    private const double L2 = 3.999999999940941908e-01;
    private const double L3 = 2.857142874366239149e-01;
    private const double L4 = 2.222219843214978396e-01;
    private const double L5 = 1.818357216161805012e-01;
    private const double L6 = 1.531383769920937332e-01;
    private const double L7 = 1.479819860511658591e-01;
    private const double HalfSqrt2 = 0.70710678118654752440;

    /// <summary>The natural logarithm of a positive, finite number.</summary>
    public static double Log(double x)
    {
        var exponent = Math.ILogB(x) + 1;
        var fraction = Math.ScaleB(x, -exponent);
        if (fraction < HalfSqrt2)
        {
            fraction *= 2;
            exponent--;
        }

        var f = fraction - 1;
        double k = exponent;
        var s = f / (2 + f);
        var s2 = s * s;
        var s4 = s2 * s2;
        var t1 = s2 * (L1 + (s4 * (L3 + (s4 * (L5 + (s4 * L7))))));
        var t2 = s4 * (L2 + (s4 * (L4 + (s4 * L6))));
        var r = t1 + t2;
        var halfSquare = 0.5 * f * f;
        return (k * Ln2High) - ((halfSquare - ((s * (halfSquare + r)) + (k * Ln2Low))) - f);
    }
}
