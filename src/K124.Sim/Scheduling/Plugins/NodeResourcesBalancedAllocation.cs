using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Prefers nodes whose resources, cpu and memory unless told otherwise, would be used in like proportion.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/noderesources (balanced_allocation.go). With more than two resources 1.24 adds
/// up in random order, which can flip the last bit; here the order is the configured one.</remarks>
internal sealed class NodeResourcesBalancedAllocation(NodeTable nodes, ResourceNames resources, NodeResourcesBalancedAllocationArgs args, int index) : IScorePlugin
{
    private readonly ScoredResources _scored = new(nodes, resources, args.Resources, withDefaults: false);
    private readonly double[] _fractions = new double[args.Resources.Length];

    public string Name => nameof(NodeResourcesBalancedAllocation);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        to.PluginData[index] = from.PluginData[index];
        return true;
    }

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var requests = (long[])(pod.PluginData[index] ??= _scored.RequestsOf(pod));
        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = ScoreOf(ReadFractions(requests, rows[i]));
        }
    }

    public RowScorer? RowScorerFor(PodClass pod) => new Balance(_scored.For(pod));

    private static long ScoreOf(ReadOnlySpan<double> fractions) => Truncated((1 - Deviation(fractions)) * Normalization.MaxNodeScore);

    /// <summary>The whole part; of what is beyond 64 bits, the least number, as processors of the amd64 kind have it.</summary>
    private static long Truncated(double value) => value is > long.MinValue and < -(double)long.MinValue ? (long)value : long.MinValue;

    private static double FractionOf(long requested, long allocatable) => Math.Min(1, (double)requested / allocatable);

    private static double Deviation(ReadOnlySpan<double> fractions)
    {
        switch (fractions.Length)
        {
            case 0 or 1:
                return 0;
            case 2:
                return Math.Abs((fractions[0] - fractions[1]) / 2);
        }

        double sum = 0;
        foreach (var fraction in fractions)
        {
            sum += fraction;
        }

        var mean = sum / fractions.Length;
        sum = 0;
        foreach (var fraction in fractions)
        {
            sum += (fraction - mean) * (fraction - mean);
        }

        return Math.Sqrt(sum / fractions.Length);
    }

    private ReadOnlySpan<double> ReadFractions(long[] requests, int row)
    {
        var count = 0;
        for (var i = 0; i < _scored.Count; i++)
        {
            if (_scored.TryRead(i, requests[i], row, out var allocatable, out var requested))
            {
                _fractions[count++] = FractionOf(requested, allocatable);
            }
        }

        return _fractions.AsSpan(0, count);
    }

    /// <summary>How even the shares in use would be with a pod of a class.</summary>
    private sealed class Balance(ScoredAmounts amounts) : RowScorer
    {
        private readonly double[] _fractions = new double[amounts.Count];

        public override bool TryAddRequests(List<long> key)
        {
            amounts.AddTo(key);
            return true;
        }

        public override long Of(int row)
        {
            var count = 0;
            ref readonly var node = ref amounts.Node(row);
            for (var i = 0; i < amounts.Count; i++)
            {
                if (amounts.TryRead(i, row, in node, out var allocatable, out var requested))
                {
                    _fractions[count++] = FractionOf(requested, allocatable);
                }
            }

            return ScoreOf(_fractions.AsSpan(0, count));
        }
    }
}
