using System.Text;
using System.Text.Json;

namespace K124.Sim.Model.Json;

/// <summary>A bounded table of recent strings: equal texts read while both are in the table share one instance.</summary>
/// <remarks>Two slots per bucket; the older string is pushed out, so memory does not grow with the input.</remarks>
internal sealed class StringPool
{
    private const int BucketCount = 1 << 15;
    private const int LongestPooled = 128;

    private readonly string?[] _slots = new string?[BucketCount * 2];

    public string GetString(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestPooled)
        {
            return reader.GetString()!;
        }

        return GetString(reader.ValueSpan);
    }

    public string GetString(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        Span<char> characters = stackalloc char[LongestPooled];
        var length = Encoding.UTF8.GetChars(utf8, characters);
        ReadOnlySpan<char> text = characters[..length];
        var first = Bucket(text);
        if (_slots[first] is { } recent && text.SequenceEqual(recent))
        {
            return recent;
        }

        var older = _slots[first + 1];
        var result = older is not null && text.SequenceEqual(older) ? older : new string(text);
        _slots[first + 1] = _slots[first];
        _slots[first] = result;
        return result;
    }

    private static int Bucket(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) % BucketCount) * 2;
    }
}
