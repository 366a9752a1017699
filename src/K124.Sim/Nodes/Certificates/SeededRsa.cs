using System.Numerics;
using System.Security.Cryptography;

namespace K124.Sim.Nodes.Certificates;

/// <summary>An RSA key that follows from a seed, so that what it signs is the same in every run. It protects nothing.</summary>
internal static class SeededRsa
{
    private const int PrimeBits = 1024;
    private const int Exponent = 65537;

    private static readonly int[] SmallPrimes = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113];

    /// <summary>Makes the key.</summary>
    public static RSA Create(ulong seed)
    {
        var random = SeededRandom.Stream(seed, "certificate authority");
        var (p, q) = (Prime(random), Prime(random));
        if (p < q)
        {
            (p, q) = (q, p);
        }

        var d = Inverse(Exponent, (p - 1) * (q - 1));
        return RSA.Create(new RSAParameters
        {
            Modulus = Bytes(p * q, PrimeBits / 4),
            Exponent = Bytes(Exponent, 3),
            D = Bytes(d, PrimeBits / 4),
            P = Bytes(p, PrimeBits / 8),
            Q = Bytes(q, PrimeBits / 8),
            DP = Bytes(d % (p - 1), PrimeBits / 8),
            DQ = Bytes(d % (q - 1), PrimeBits / 8),
            InverseQ = Bytes(Inverse(q, p), PrimeBits / 8),
        });
    }

    private static BigInteger Prime(SeededRandom random)
    {
        var bytes = new byte[PrimeBits / 8];
        for (var i = 0; i < bytes.Length; i += sizeof(ulong))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i), random.NextBits());
        }

        // The two highest bits keep the product long enough, the lowest makes it odd.
        bytes[^1] |= 0xC0;
        bytes[0] |= 1;
        var candidate = new BigInteger(bytes, isUnsigned: true);
        while (!IsPrime(candidate) || (candidate - 1) % Exponent == 0)
        {
            candidate += 2;
        }

        return candidate;
    }

    private static bool IsPrime(BigInteger number)
    {
        if (Array.Exists(SmallPrimes, prime => number % prime == 0))
        {
            return false;
        }

        var (odd, twos) = (number - 1, 0);
        for (; odd.IsEven; odd >>= 1)
        {
            twos++;
        }

        return Array.TrueForAll(SmallPrimes, witness => PassesFor(witness, number, odd, twos));
    }

    private static bool PassesFor(int witness, BigInteger number, BigInteger odd, int twos)
    {
        var power = BigInteger.ModPow(witness, odd, number);
        for (var i = 0; i < twos; i++)
        {
            if ((i == 0 && power.IsOne) || power == number - 1)
            {
                return true;
            }

            power = power * power % number;
        }

        return false;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (oldRest, rest, oldFactor, factor) = (value, modulus, BigInteger.One, BigInteger.Zero);
        while (!rest.IsZero)
        {
            var quotient = oldRest / rest;
            (oldRest, rest) = (rest, oldRest - (quotient * rest));
            (oldFactor, factor) = (factor, oldFactor - (quotient * factor));
        }

        return oldFactor.Sign < 0 ? oldFactor + modulus : oldFactor;
    }

    private static byte[] Bytes(BigInteger value, int length)
    {
        var bytes = new byte[length];
        var exact = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        exact.CopyTo(bytes, length - exact.Length);
        return bytes;
    }
}
