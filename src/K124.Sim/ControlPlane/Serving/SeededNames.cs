using System.Buffers.Binary;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Uids and generated names out of a seed.</summary>
internal sealed class SeededNames : INameSource
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    private ulong _state;

    public SeededNames(ulong seed) => _state = seed;

    public SeededNames Fork() => new(_state);

    public string NewUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    public string RandomSuffix(int length) => string.Create(length, this, static (letters, names) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = Letters[(int)(names.Next() % (ulong)Letters.Length)];
        }
    });

    // SplitMix64.
    private ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
