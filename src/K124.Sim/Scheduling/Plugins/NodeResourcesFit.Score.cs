using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class NodeResourcesFit
{
    // Shapes give scores of 0 to 10.
    private const long ShapeScale = 10;

    private readonly ScoredResources _scored = new(nodes, resources, args.ScoringStrategy.Resources, withDefaults: true);

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var requests = (long[])(pod.PluginData[index] ??= _scored.RequestsOf(pod));
        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = args.ScoringStrategy.Type == ScoringStrategyType.RequestedToCapacityRatio ? ByShape(requests, rows[i]) : ByRoom(requests, rows[i]);
        }
    }

    private static long LeastAllocated(long allocatable, long requested) =>
        requested > allocatable ? 0 : ExtremeAmounts.Quotient((allocatable - requested) * Normalization.MaxNodeScore, allocatable);

    private static long MostAllocated(long allocatable, long requested) => ExtremeAmounts.Quotient(Math.Min(requested, allocatable) * Normalization.MaxNodeScore, allocatable);

    private long ByRoom(long[] requests, int row)
    {
        var prefersRoom = args.ScoringStrategy.Type == ScoringStrategyType.LeastAllocated;
        long sum = 0;
        long weights = 0;
        for (var i = 0; i < _scored.Count; i++)
        {
            if (_scored.TryRead(i, requests[i], row, out var allocatable, out var requested))
            {
                sum += _scored.Weights[i] * (prefersRoom ? LeastAllocated(allocatable, requested) : MostAllocated(allocatable, requested));
                weights += _scored.Weights[i];
            }
        }

        return weights == 0 ? 0 : sum / weights;
    }

    // A resource whose score is 0 does not count at all, so that it does not pull the mean down.
    private long ByShape(long[] requests, int row)
    {
        long sum = 0;
        long weights = 0;
        for (var i = 0; i < _scored.Count; i++)
        {
            if (_scored.TryRead(i, requests[i], row, out var allocatable, out var requested)
                && AtUtilization(requested > allocatable ? Normalization.MaxNodeScore : ExtremeAmounts.Quotient(requested * Normalization.MaxNodeScore, allocatable)) is > 0 and var score)
            {
                sum += _scored.Weights[i] * score;
                weights += _scored.Weights[i];
            }
        }

        return weights == 0 ? 0 : (long)Math.Round((double)sum / (double)weights, MidpointRounding.AwayFromZero);
    }

    private long AtUtilization(long utilization)
    {
        var shape = args.ScoringStrategy.Shape;
        for (var i = 0; i < shape.Length; i++)
        {
            if (utilization <= shape[i].Utilization)
            {
                if (i == 0)
                {
                    return ShapeScale * shape[0].Score;
                }

                var (from, to) = (shape[i - 1], shape[i]);
                return (ShapeScale * from.Score) + (ShapeScale * (to.Score - from.Score) * (utilization - from.Utilization) / (to.Utilization - from.Utilization));
            }
        }

        return ShapeScale * shape[^1].Score;
    }
}
