using K124.Sim.Model;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>Finds, for a class of pods, what was worked out for nodes and pods that ask for the same.</summary>
internal sealed class SharedScores(NodeTable nodes)
{
    private const int MaxScores = 256;

    private readonly Dictionary<Items<long>, LocalScores> _scores = [];
    private readonly List<long> _key = [];

    /// <summary>Takes out those filters and scores that rest on requests alone, and gives what stands for them.</summary>
    public LocalScores? Extract(ref RowFilter[] filters, ref (RowScorer Scorer, int Weight)[] scorers)
    {
        _key.Clear();
        RowFilter[] sharedFilters = [.. filters.Where(filter => filter.TryAddRequests(_key))];
        _key.Add(-sharedFilters.Length);
        (RowScorer, int)[] sharedScorers = [.. scorers.Where(score => score.Scorer.TryAddRequests(_key))];
        if (sharedFilters.Length + sharedScorers.Length == 0)
        {
            return null;
        }

        filters = [.. filters.Except(sharedFilters)];
        scorers = [.. scorers.Except(sharedScorers)];
        if (_scores.Count == MaxScores)
        {
            _scores.Clear();
        }

        var key = new Items<long>([.. _key]);
        if (!_scores.TryGetValue(key, out var scores))
        {
            _scores.Add(key, scores = new(nodes, sharedFilters, sharedScorers));
        }

        return scores;
    }
}
