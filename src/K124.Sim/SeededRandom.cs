using System.Numerics;

namespace K124.Sim;

/// <summary>The library's random generator: xoshiro256**, its state filled by SplitMix64 from the seed.</summary>
/// <remarks>The algorithm is part of the contract: a seed gives the same numbers on every platform and in every version.
/// Not thread-safe; give each component its own stream.</remarks>
public sealed class SeededRandom : IRandomSource
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Starts the generator.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>Starts an independent stream of the same seed, so that a draw in one component does not shift another.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Name of the stream.</param>
    /// <returns>The generator.</returns>
    public static SeededRandom Stream(ulong seed, string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var hash = 14695981039346656037UL;
        foreach (var character in stream)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return new(seed ^ SplitMix(ref hash));
    }

    /// <summary>A generator that goes on from here on its own.</summary>
    /// <returns>The copy; drawing from it does not change this one.</returns>
    public SeededRandom Copy() => (SeededRandom)MemberwiseClone();

    /// <summary>Draws 64 random bits.</summary>
    /// <returns>The bits.</returns>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is less than 1.</exception>
    public long Next(long exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMax, 1);
        var bound = (ulong)exclusiveMax;

        // Lemire's method: the high half of a product is uniform once the few biased low halves are drawn again.
        var high = Math.BigMul(NextBits(), bound, out var low);
        if (low < bound)
        {
            var biased = (0UL - bound) % bound;
            while (low < biased)
            {
                high = Math.BigMul(NextBits(), bound, out low);
            }
        }

        return (long)high;
    }

    /// <summary>Draws a number from 0 (inclusive) to 1 (exclusive), a multiple of 2⁻⁵³.</summary>
    /// <returns>The number.</returns>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private static ulong SplitMix(ref ulong state)
    {
        state += GoldenRatio;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
