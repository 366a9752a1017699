namespace K124.Sim.Tests.Networking;

/// <summary>A repair pass as the specification tells it, over plain sets.</summary>
/// <param name="pools">Number of pools: families of addresses, or one for node ports.</param>
/// <param name="size">Number of addresses or ports in each.</param>
internal sealed class ReferenceRepair(int pools, int size)
{
    private readonly SortedDictionary<int, int>[] _counters = [.. Enumerable.Range(0, pools).Select(_ => new SortedDictionary<int, int>())];

    public IReadOnlyDictionary<int, int> Counters(int pool) => _counters[pool];

    /// <summary>Plays one attempt.</summary>
    /// <param name="stored">Stored offsets of each pool.</param>
    /// <param name="claims">What Services hold, in order; a pool of −1 is no pool of the cluster.</param>
    /// <param name="events">Takes service and reason of each event.</param>
    /// <returns>What is to be stored.</returns>
    public SortedSet<int>[] Attempt(SortedSet<int>[] stored, IEnumerable<(string Service, int Pool, int Offset)> claims, List<(string Service, string Reason)> events)
    {
        SortedSet<int>[] left = [.. stored.Select(set => new SortedSet<int>(set))];
        SortedSet<int>[] rebuilt = [.. stored.Select(_ => new SortedSet<int>())];
        foreach (var (service, pool, offset) in claims)
        {
            if (pool < 0)
            {
                events.Add((service, "NotValid"));
            }
            else if (offset < 0 || offset >= size)
            {
                events.Add((service, "OutOfRange"));
            }
            else if (!rebuilt[pool].Add(offset))
            {
                events.Add((service, "AlreadyAllocated"));
            }
            else
            {
                _counters[pool].Remove(offset);
                if (!left[pool].Remove(offset))
                {
                    events.Add((service, "NotAllocated"));
                }
            }
        }

        for (var pool = 0; pool < pools; pool++)
        {
            foreach (var offset in left[pool])
            {
                var passesLeft = _counters[pool].GetValueOrDefault(offset, 2);
                if (passesLeft > 0)
                {
                    _counters[pool][offset] = passesLeft - 1;
                    rebuilt[pool].Add(offset);
                }
            }
        }

        return rebuilt;
    }
}
