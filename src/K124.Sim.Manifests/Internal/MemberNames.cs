using System.Buffers.Binary;
using System.Text.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>The names of the members of the objects that a JSON reader is in, to find names that occur twice.</summary>
internal sealed class MemberNames
{
    private const int ArrayFrame = -1;

    private ulong[] _prints = new ulong[64];
    private (int Start, int Length)[] _spans = new (int, int)[64];
    private int[] _frames = new int[32];
    private int _count;
    private int _depth;

    public bool IsInArray => _depth > 0 && _frames[_depth - 1] == ArrayFrame;

    public int Depth => _depth;

    public void Clear() => _count = _depth = 0;

    public void EnterObject() => Enter(_count);

    public void EnterArray() => Enter(ArrayFrame);

    public void Leave()
    {
        var start = _frames[--_depth];
        _count = start == ArrayFrame ? _count : start;
    }

    /// <summary>Adds the name that the reader stands on.</summary>
    /// <returns>False if the object has that name already.</returns>
    /// <remarks>Names are compared as they are written: one that is spelled with escapes differs from one that is not.</remarks>
    public bool Add(ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var name = reader.ValueSpan;
        var print = Print(name);
        var first = _frames[_depth - 1];
        var known = _prints.AsSpan(first, _count - first);
        for (var from = 0; known[from..].IndexOf(print) is >= 0 and var offset; from += offset + 1)
        {
            var (start, length) = _spans[first + from + offset];
            if (text.Slice(start, length).SequenceEqual(name))
            {
                return false;
            }
        }

        if (_count == _prints.Length)
        {
            Array.Resize(ref _prints, _count * 2);
            Array.Resize(ref _spans, _count * 2);
        }

        _prints[_count] = print;
        _spans[_count++] = ((int)reader.TokenStartIndex + 1, name.Length);
        return true;
    }

    private static ulong Print(ReadOnlySpan<byte> name)
    {
        if (name.Length >= 8)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(name)
                ^ (BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]) * 0x9E3779B97F4A7C15) ^ ((ulong)name.Length << 56);
        }

        ulong print = 0;
        foreach (var character in name)
        {
            print = (print << 8) | character;
        }

        return print;
    }

    private void Enter(int frame)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth++] = frame;
    }
}
