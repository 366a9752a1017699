using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>The names of the members of the objects that a JSON reader is in, to find names that occur twice.</summary>
/// <remarks>Names of small objects are compared by fingerprints. Those of large ones, and of objects in which some name is written with
/// escapes, go into a set of texts: its time follows their number, whatever they are.</remarks>
internal sealed class MemberNames
{
    private const int ArrayFrame = -1;
    private const int MostFingerprints = 64;

    private readonly List<HashSet<string>?> _sets = [];
    private ulong[] _prints = new ulong[MostFingerprints];
    private (int Start, int Length)[] _spans = new (int, int)[MostFingerprints];
    private int[] _frames = new int[32];
    private int _count;
    private int _depth;

    public bool IsInArray => _depth > 0 && _frames[_depth - 1] == ArrayFrame;

    public int Depth => _depth;

    public void Clear()
    {
        _count = _depth = 0;
        _sets.Clear();
    }

    public void EnterObject() => Enter(_count);

    public void EnterArray() => Enter(ArrayFrame);

    public void Leave()
    {
        var start = _frames[--_depth];
        _count = start == ArrayFrame ? _count : start;
        _sets.RemoveAt(_depth);
    }

    /// <summary>Adds the name that the reader stands on.</summary>
    /// <returns>False if the object has that name already, however it is written.</returns>
    public bool Add(ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var first = _frames[_depth - 1];
        if (_sets[_depth - 1] is null && (reader.ValueIsEscaped || _count - first == MostFingerprints))
        {
            _sets[_depth - 1] = TextsFrom(first, text);
        }

        return _sets[_depth - 1] is { } names ? names.Add(JsonNames.Unescape(in reader)) : AddFingerprint(in reader, text, first);
    }

    private bool AddFingerprint(ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> text, int first)
    {
        var name = reader.ValueSpan;
        var print = Print(name);
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

    private HashSet<string> TextsFrom(int first, ReadOnlySpan<byte> text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = first; i < _count; i++)
        {
            names.Add(Encoding.UTF8.GetString(text.Slice(_spans[i].Start, _spans[i].Length)));
        }

        return names;
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
        _sets.Add(null);
    }
}
