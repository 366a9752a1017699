using System.Collections.Immutable;

namespace K124.Sim.Networking.Internal;

/// <summary>Counts the repair passes since something allocated was last seen in use.</summary>
/// <remarks>What is cleaned up keeps its entry at 0: should it leak again unseen, it is cleaned at once, as in 1.24.</remarks>
internal sealed class LeakTracker<TKey>(IComparer<TKey> order)
    where TKey : notnull
{
    private const int PassesBeforeCleanUp = 3;

    private readonly SortedDictionary<TKey, int> _counters = new(order);

    public ImmutableSortedDictionary<TKey, int> Counters => _counters.ToImmutableSortedDictionary(order);

    public void Forget(TKey key) => _counters.Remove(key);

    /// <summary>Notes that nobody uses the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isNew">Whether it is seen unused for the first time.</param>
    /// <returns>True if it is to be kept allocated for now.</returns>
    public bool IsKept(TKey key, out bool isNew)
    {
        isNew = !_counters.TryGetValue(key, out var count);
        if (isNew)
        {
            count = PassesBeforeCleanUp - 1;
        }

        if (count > 0)
        {
            _counters[key] = count - 1;
            return true;
        }

        return false;
    }
}
