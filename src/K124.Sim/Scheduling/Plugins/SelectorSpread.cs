using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Spreads the pods of a Service or controller over nodes and zones. 1.24 has it, but enables PodTopologySpread's defaults instead.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/selectorspread.</remarks>
internal sealed class SelectorSpread(SchedulerState state, int index) : IPreScorePlugin, IScorePlugin
{
    private const double ZoneWeight = 2.0 / 3.0;

    private readonly Dictionary<string, long> _zoneSums = new(StringComparer.Ordinal);

    public string Name => nameof(SelectorSpread);

    public PluginReads Reads => PluginReads.Anything;

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        to.PluginData[index] = from.PluginData[index];
        return true;
    }

    public string? PreScore(PodClass pod) => null;

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        scores.Clear();
        if (IsSkipped(pod) || (pod.PluginData[index] ??= Matching(pod)) is not MatchCounter counter)
        {
            return;
        }

        ref readonly var matching = ref state.Population.Matching(counter);
        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = matching.On(rows[i]);
        }
    }

    public void NormalizeScore(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        if (IsSkipped(pod))
        {
            return;
        }

        _zoneSums.Clear();
        long maxOnNode = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            maxOnNode = Math.Max(maxOnNode, scores[i]);
            if (ZoneOf(rows[i]) is { Length: > 0 } zone)
            {
                _zoneSums[zone] = _zoneSums.GetValueOrDefault(zone) + scores[i];
            }
        }

        long maxInZone = 0;
        foreach (var sum in _zoneSums.Values)
        {
            maxInZone = Math.Max(maxInZone, sum);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var score = Share(maxOnNode, scores[i]);
            if (ZoneOf(rows[i]) is { Length: > 0 } zone)
            {
                score = (score * (1.0 - ZoneWeight)) + (ZoneWeight * Share(maxInZone, _zoneSums[zone]));
            }

            scores[i] = (long)score;
        }
    }

    private static bool IsSkipped(PodClass pod) => !pod.Spec.TopologySpreadConstraints.IsEmpty;

    private static double Share(long max, long count) => max > 0 ? 100.0 * ((double)(max - count) / (double)max) : 100.0;

    private string ZoneOf(int row) => NodeTree.ZoneKey(state.Nodes.Nodes[row].Metadata.Labels);

    private object Matching(PodClass pod)
    {
        var ns = pod.Labels.Namespace;
        return state.DefaultSelector.For(pod.Sample) is not { } found
            ? NoPods.Instance
            : state.Population.Counter((nameof(SelectorSpread), ns, found.Key), (pods, _) => pods.Namespace == ns && !pods.IsTerminating && found.Selector.Matches(pods.Labels));
    }

    /// <summary>Stands for a pod that nothing selects.</summary>
    private sealed class NoPods
    {
        public static readonly NoPods Instance = new();
    }
}
