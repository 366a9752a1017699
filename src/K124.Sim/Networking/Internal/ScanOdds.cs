using System.Collections.Immutable;

namespace K124.Sim.Networking.Internal;

/// <summary>Exact odds of the scan rule: a uniform start, then the first free offset from there on, around the band.</summary>
/// <remarks>The offsets that a number of draws takes do not depend on the draws' order. Wanted offsets cut the band, a circle, into
/// segments. They are all spared if no draw starts at one of them or in the taken run before it, and if in each segment
/// every tail gets at most as many starts as it has free offsets. With a Poisson number of draws the starts in different
/// places are independent, so one sweep from the end of each segment counts them; conditioning on the number of draws
/// gives the answer. Only as many free offsets before a wanted one as there are draws matter, one by one; the rest of a
/// segment counts as a whole.</remarks>
internal static class ScanOdds
{
    /// <param name="offsets">Which offsets are taken.</param>
    /// <param name="start">First offset of the band.</param>
    /// <param name="end">Offset after the band.</param>
    /// <param name="wanted">Free offsets in the band, ascending.</param>
    /// <param name="draws">Number of draws, at most the free offsets of the band.</param>
    /// <returns>The probability that no wanted offset is taken.</returns>
    public static double AllSpared(OffsetAllocator offsets, int start, int end, ImmutableArray<int> wanted, int draws)
    {
        if (wanted.IsEmpty || draws == 0)
        {
            return 1;
        }

        if (draws > offsets.CountFree(start, end) - wanted.Length)
        {
            return 0;
        }

        var size = end - start;
        var rate = (double)draws / size;
        var spared = new double[draws + 1];
        spared[0] = 1;
        for (var i = 0; i < wanted.Length; i++)
        {
            var previous = i > 0 ? wanted[i - 1] : wanted[^1] - size;
            spared = Convolve(spared, Segment(offsets, start, size, previous, wanted[i], rate, draws));
        }

        return Math.Clamp(spared[draws] / Poisson(draws, draws), 0, 1);
    }

    /// <summary>By number of starts, the probability that a segment and the wanted offset after it get as many and spare it.</summary>
    private static double[] Segment(OffsetAllocator offsets, int start, int size, int previous, int wanted, double rate, int draws)
    {
        var at = wanted - 1;
        while (at > previous && IsTaken(at))
        {
            at--;
        }

        var counts = new double[draws + 1];
        counts[0] = Math.Exp(-rate * (wanted - at));
        for (var freeSeen = 1; at > previous && freeSeen <= draws; freeSeen++)
        {
            var blockEnd = at--;
            while (at > previous && IsTaken(at))
            {
                at--;
            }

            counts = Convolve(counts, PoissonTable(rate * (blockEnd - at), draws));
            counts.AsSpan(freeSeen + 1).Clear();
        }

        return at > previous ? Convolve(counts, PoissonTable(rate * (at - previous), draws)) : counts;

        bool IsTaken(int offset) => offsets.Has(offset < start ? offset + size : offset);
    }

    private static double[] Convolve(double[] left, double[] right)
    {
        var result = new double[left.Length];
        var width = Array.FindLastIndex(right, value => value > 1e-300) + 1;
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; left[i] > 0 && j < Math.Min(width, left.Length - i); j++)
            {
                result[i + j] += left[i] * right[j];
            }
        }

        return result;
    }

    private static double[] PoissonTable(double mean, int highest)
    {
        var table = new double[highest + 1];
        for (var k = 0; k <= highest; k++)
        {
            table[k] = Poisson(mean, k);
            if (k > mean && table[k] < 1e-25)
            {
                break;
            }
        }

        return table;
    }

    private static double Poisson(double mean, int count)
    {
        var logarithm = (count * Math.Log(mean)) - mean;
        for (var i = 2; i <= count; i++)
        {
            logarithm -= Math.Log(i);
        }

        return Math.Exp(logarithm);
    }
}
