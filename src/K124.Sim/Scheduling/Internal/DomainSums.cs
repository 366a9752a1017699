namespace K124.Sim.Scheduling.Internal;

/// <summary>One number for each domain of a topology key, good for one attempt.</summary>
internal sealed class DomainSums(TopologyDomains domains)
{
    private readonly long[] _sums = new long[domains.Count];

    public TopologyDomains Domains { get; } = domains;

    /// <summary>Number of domains whose sum is not 0.</summary>
    public int NonZeroCount { get; private set; }

    public void Clear()
    {
        Array.Clear(_sums);
        NonZeroCount = 0;
    }

    /// <summary>The sum of the node's domain; 0 if the node has none.</summary>
    public long Of(int row)
    {
        var domain = Domains.Of[row];
        return domain == TopologyDomains.None ? 0 : _sums[domain];
    }

    /// <summary>Adds to the sum of the node's domain, if it has one.</summary>
    public void Add(int row, long amount)
    {
        var domain = Domains.Of[row];
        if (domain == TopologyDomains.None || amount == 0)
        {
            return;
        }

        ref var sum = ref _sums[domain];
        NonZeroCount -= sum != 0 ? 1 : 0;
        sum += amount;
        NonZeroCount += sum != 0 ? 1 : 0;
    }

    /// <summary>Adds a number per node to the sums of the nodes' domains.</summary>
    public void AddAll(ReadOnlySpan<int> perNode, long weight)
    {
        for (var row = Math.Min(perNode.Length, Domains.Of.Length) - 1; row >= 0; row--)
        {
            if (perNode[row] != 0)
            {
                Add(row, weight * perNode[row]);
            }
        }
    }

    /// <summary>The sums of the given keys' domains, one object for each distinct key.</summary>
    public static DomainSums[] For(IEnumerable<TopologyDomains> keys) => [.. keys.Distinct().Select(static key => new DomainSums(key))];
}
