using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class InterPodAffinity
{
    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var compiled = CompiledOf(pod);
        pod.Counters!.CatchUp();
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

        foreach (ref var score in scores)
        {
            score = Scale(score, min, max);
        }
    }

    // Dividing first, as 1.24 does, decides the last digit: 29 of 100 gives 28.
    private static long Scale(long score, long min, long max) => max == min ? 0 : (long)(100.0 * ((double)(score - min) / (double)(max - min)));
}
