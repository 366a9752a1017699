namespace K124.Sim.Planning.Bounds;

/// <summary>Pods to pack that ask for the same and may go to the same bins.</summary>
/// <param name="Name">For people.</param>
/// <param name="Count">Number of pods.</param>
/// <param name="Requests">What each asks for, resource by resource.</param>
internal sealed record PackingShape(string Name, int Count, long[] Requests);

/// <summary>Room to pack pods into.</summary>
/// <param name="Name">For people.</param>
/// <param name="Capacity">What it has, resource by resource.</param>
/// <param name="Cost">What one costs.</param>
/// <param name="Limit">How many there are; null for any number.</param>
/// <param name="Accepts">Which of <see cref="PackingProblem.Accepts"/> says what it takes.</param>
internal sealed record PackingBin(string Name, long[] Capacity, long Cost, int? Limit, int Accepts);

/// <summary>Pods and bins: which bins, at what cost, take all pods?</summary>
/// <param name="Resources">Names of the resources.</param>
/// <param name="Shapes">The pods.</param>
/// <param name="Bins">The bins.</param>
/// <param name="Accepts">Sets of shapes that bins take, whatever room they have.</param>
internal sealed record PackingProblem(string[] Resources, PackingShape[] Shapes, PackingBin[] Bins, bool[][] Accepts)
{
    /// <summary>The cost of a node where nodes are counted, and of one unit of price.</summary>
    public const long Scale = 1_000_000;

    /// <summary>Whether a bin can take a shape at all.</summary>
    public bool Takes(PackingBin bin, int shape)
    {
        if (!Accepts[bin.Accepts][shape])
        {
            return false;
        }

        var requests = Shapes[shape].Requests;
        for (var r = 0; r < requests.Length; r++)
        {
            if (requests[r] > bin.Capacity[r])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Searches for the best packing of bins that take the same, one for each of <see cref="Accepts"/> that a bin uses.</summary>
    public PatternSearch?[] Searches(ReadOnlySpan<long> worths, ReadOnlySpan<int> counts)
    {
        var searches = new PatternSearch?[Accepts.Length];
        for (var set = 0; set < searches.Length; set++)
        {
            PackingBin[] bins = [.. Bins.Where(bin => bin.Accepts == set)];
            if (bins.Length > 0)
            {
                var items = new PatternItem[Shapes.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = new(Accepts[set][i] ? worths[i] : 0, Shapes[i].Requests, counts[i]);
                }

                searches[set] = new(items, [.. Enumerable.Range(0, Resources.Length).Select(r => bins.Max(bin => bin.Capacity[r]))]);
            }
        }

        return searches;
    }

    public int[] Counts => [.. Shapes.Select(static shape => shape.Count)];
}
