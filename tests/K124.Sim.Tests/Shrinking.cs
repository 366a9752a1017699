namespace K124.Sim.Tests;

/// <summary>Ways to make a failing case smaller.</summary>
internal static class Shrinking
{
    /// <summary>Drops halves, then quarters, down to single items.</summary>
    public static IEnumerable<T[]> DropChunks<T>(T[] items)
    {
        for (var chunk = items.Length / 2; chunk > 0; chunk /= 2)
        {
            for (var start = 0; start + chunk <= items.Length; start += chunk)
            {
                yield return [.. items[..start], .. items[(start + chunk)..]];
            }
        }
    }
}
