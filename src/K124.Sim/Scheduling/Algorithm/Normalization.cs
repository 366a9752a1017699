namespace K124.Sim.Scheduling.Algorithm;

/// <summary>Brings raw scores into the range 0 to 100.</summary>
internal static class Normalization
{
    public const long MaxNodeScore = 100;

    /// <summary>Scales by the greatest raw score; reversed, the greatest becomes 0.</summary>
    /// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/helper (DefaultNormalizeScore).</remarks>
    public static void ScaleByMaximum(Span<long> scores, bool reverse)
    {
        long max = 0;
        foreach (var score in scores)
        {
            max = Math.Max(max, score);
        }

        foreach (ref var score in scores)
        {
            score = Scale(score, max, reverse);
        }
    }

    /// <summary>A raw score scaled by the greatest one.</summary>
    public static long Scale(long score, long max, bool reverse)
    {
        var scaled = max == 0 ? 0 : MaxNodeScore * score / max;
        return reverse ? MaxNodeScore - scaled : scaled;
    }
}
