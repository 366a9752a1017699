using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class InterPodAffinity
{
    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var compiled = CompiledOf(pod);
        Clear(compiled.Scores);
        foreach (var term in compiled.Preferred)
        {
            term.Sums.AddAll(term.Counter.PerNode, term.Weight);
        }

        foreach (var (term, weight, sums) in compiled.ExistingScoring)
        {
            if (term.Total > 0)
            {
                sums.AddAll(term.PerNode, weight);
            }
        }

        scores.Clear();
        foreach (var sums in compiled.Scores)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                scores[i] += sums.Of(rows[i]);
            }
        }
    }

    public void NormalizeScore(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var min = long.MaxValue;
        var max = long.MinValue;
        foreach (var score in scores)
        {
            min = Math.Min(min, score);
            max = Math.Max(max, score);
        }

        var range = max - min;
        foreach (ref var score in scores)
        {
            // Dividing first, as 1.24 does, decides the last digit: 29 of 100 gives 28.
            score = range == 0 ? 0 : (long)(100.0 * ((double)(score - min) / (double)range));
        }
    }
}
