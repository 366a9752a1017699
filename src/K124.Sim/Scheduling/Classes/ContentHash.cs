using System.Runtime.InteropServices;

namespace K124.Sim.Scheduling.Classes;

/// <summary>A hash of texts and numbers, the same in every run.</summary>
internal struct ContentHash
{
    private const ulong Prime = 0x9FB21C651E98DF25UL;
    private const int CharactersPerWord = sizeof(ulong) / sizeof(char);

    private ulong _hash;

    /// <summary>The hash of all that was added.</summary>
    public readonly int Value => (int)(_hash >> 32);

    public void Add(string text)
    {
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words)
        {
            Mix(word);
        }

        foreach (var character in text.AsSpan(words.Length * CharactersPerWord))
        {
            Mix(character);
        }

        Mix((ulong)text.Length);
    }

    public void Add(int number) => Mix((uint)number);

    private void Mix(ulong word)
    {
        _hash = (_hash ^ word ^ Prime) * Prime;
        _hash ^= _hash >> 29;
    }
}
