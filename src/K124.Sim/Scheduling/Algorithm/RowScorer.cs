using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>One plugin's score for one class of pods, on nodes one at a time: what hangs on the class is looked up once.</summary>
/// <remarks>Holds as long as what was worked out for the class.</remarks>
internal abstract class RowScorer
{
    /// <summary>The score of a row, 0 to 100.</summary>
    public abstract long Of(int row);

    /// <inheritdoc cref="RowFilter.TryAddRequests"/>
    public virtual bool TryAddRequests(List<long> key) => false;
}

/// <summary>Asks the plugin itself.</summary>
internal sealed class AnyRowScorer(IScorePlugin plugin, PodClass pod) : RowScorer
{
    private readonly int[] _row = new int[1];
    private readonly long[] _score = new long[1];

    public override long Of(int row)
    {
        _row[0] = row;
        plugin.Score(pod, _row, _score);
        return _score[0];
    }
}
