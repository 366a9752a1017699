using System.Collections.Immutable;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>The plugins of a profile, sorted by what their verdicts depend on.</summary>
internal sealed class IndexPlan
{
    private const int MaxLocalWeight = short.MaxValue / (int)Normalization.MaxNodeScore;

    private readonly ImmutableArray<IFilterPlugin> _freeFilters;
    private readonly ImmutableArray<IScorePlugin> _freeScores;
    private readonly bool _isTooHeavy;

    public IndexPlan(ImmutableArray<IFilterPlugin> filters, ImmutableArray<(IScorePlugin Plugin, int Weight)> scores)
    {
        LocalFilters = [.. filters.Where(static filter => filter.Reads == PluginReads.NodePods)];
        LocalScores = [.. scores.Where(static score => score.Plugin.Reads is PluginReads.NodeObject or PluginReads.NodePods && score.Plugin is not IRelativeScorePlugin)];
        RelativeScores = [.. scores.Where(static score => score.Plugin is IRelativeScorePlugin).Select(static score => ((IRelativeScorePlugin)score.Plugin, score.Weight))];
        var topology = filters.OfType<ITopologyPlugin>().Concat(scores.Select(static score => score.Plugin).OfType<ITopologyPlugin>()).Distinct();
        Topology =
        [
            .. topology.Select(plugin => (
                plugin,
                filters.Contains((plugin as IFilterPlugin)!),
                scores.Where(score => ReferenceEquals(score.Plugin, plugin)).Sum(static score => score.Weight))),
        ];
        _freeFilters = [.. filters.Where(static filter => filter.Reads == PluginReads.Anything || (filter.Reads == PluginReads.Topology && filter is not ITopologyPlugin))];
        _freeScores = [.. scores.Select(static score => score.Plugin).Where(static score => score.Reads == PluginReads.Anything || (score.Reads == PluginReads.Topology && score is not ITopologyPlugin))];
        _isTooHeavy = LocalScores.Sum(static score => (long)score.Weight) > MaxLocalWeight;
    }

    /// <summary>Whether an index can hold the nodes as a class sees them: no plugin that may depend on anything plays a part.</summary>
    public bool Covers(PodClass pod)
    {
        if (_isTooHeavy)
        {
            return false;
        }

        foreach (var filter in _freeFilters)
        {
            if (filter.IsActive(pod))
            {
                return false;
            }
        }

        foreach (var filter in LocalFilters)
        {
            if (filter.IsActive(pod) && (filter.ReadsFor(pod) == PluginReads.Anything || filter.MayFail(pod)))
            {
                return false;
            }
        }

        foreach (var score in _freeScores)
        {
            if (score.TellsApart(pod))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <see cref="Covers"/> says the same as long as what was worked out for the class.</summary>
    public bool IsSettled(PodClass pod) =>
        pod.Volumes is null && _freeScores.IsEmpty && _freeFilters.All(filter => filter.RowFilterFor(pod) is null);

    /// <summary>Filters that depend on a node and the pods on it.</summary>
    public ImmutableArray<IFilterPlugin> LocalFilters { get; }

    /// <summary>Scores that depend on a node and the pods on it.</summary>
    public ImmutableArray<(IScorePlugin Plugin, int Weight)> LocalScores { get; }

    /// <summary>Scores that depend on a node object and are scaled by the greatest one.</summary>
    public ImmutableArray<(IRelativeScorePlugin Plugin, int Weight)> RelativeScores { get; }

    /// <summary>Plugins that compare nodes by the pods around them.</summary>
    public ImmutableArray<(ITopologyPlugin Plugin, bool Filters, int Weight)> Topology { get; }
}
