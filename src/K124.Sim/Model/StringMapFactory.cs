namespace K124.Sim.Model;

/// <summary>Makes <see cref="StringMap{TValue}"/> values.</summary>
public static class StringMap
{
    /// <summary>Makes a map of the given entries.</summary>
    /// <typeparam name="TValue">Type of the values.</typeparam>
    /// <param name="entries">Entries in any order.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentException">A key occurs twice.</exception>
    public static StringMap<TValue> Of<TValue>(params ReadOnlySpan<(string Key, TValue Value)> entries)
    {
        var pairs = new KeyValuePair<string, TValue>[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            pairs[i] = new(entries[i].Key, entries[i].Value);
        }

        return Adopt(pairs, nameof(entries));
    }

    /// <summary>Makes a map of the given entries.</summary>
    /// <typeparam name="TValue">Type of the values.</typeparam>
    /// <param name="entries">Entries in any order.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentException">A key occurs twice.</exception>
    public static StringMap<TValue> ToStringMap<TValue>(this IEnumerable<KeyValuePair<string, TValue>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return Adopt(entries.ToArray(), nameof(entries));
    }

    private static StringMap<TValue> Adopt<TValue>(KeyValuePair<string, TValue>[] entries, string parameterName) =>
        StringMap<TValue>.TryAdopt(entries, out var duplicate)
        ?? throw new ArgumentException($"The key '{duplicate}' occurs twice.", parameterName);
}
