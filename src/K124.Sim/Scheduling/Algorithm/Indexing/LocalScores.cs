using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>What filters and scores that rest on requests alone say of each node, shared by all classes that ask for the same and worked out when asked for.</summary>
/// <param name="nodes">The nodes.</param>
/// <param name="filters">The filters.</param>
/// <param name="scorers">The scores, with their weights.</param>
internal sealed class LocalScores(NodeTable nodes, RowFilter[] filters, (RowScorer Scorer, int Weight)[] scorers)
{
    private Known[] _known = [];

    /// <summary>The sum of a node's scores; none if it cannot take the pod.</summary>
    public short Of(int row)
    {
        if (row >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(nodes.RowCount, row + 1));
        }

        ref var known = ref _known[row];
        var version = nodes.Amounts(row).Version + 1;
        if (known.Version != version)
        {
            known = new(version, Evaluate(row));
        }

        return known.Score;
    }

    private short Evaluate(int row)
    {
        foreach (var filter in filters)
        {
            if (!filter.Passes(row))
            {
                return BlockedColumn.None;
            }
        }

        long total = 0;
        foreach (var (scorer, weight) in scorers)
        {
            total += weight * scorer.Of(row);
        }

        return (short)total;
    }

    /// <summary>A sum, with 1 + the version of the node's amounts that it is for.</summary>
    private readonly record struct Known(int Version, short Score);
}
