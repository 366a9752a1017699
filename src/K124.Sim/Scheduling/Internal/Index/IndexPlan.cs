using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The plugins of a profile, sorted by what their verdicts depend on.</summary>
internal sealed class IndexPlan
{
    private const int MaxLocalWeight = short.MaxValue / (int)Normalization.MaxNodeScore;

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
        IsPossible = filters.All(static filter => filter.Reads != PluginReads.Anything && (filter.Reads == PluginReads.Topology) == filter is ITopologyPlugin)
            && scores.All(static score => score.Plugin.Reads != PluginReads.Anything && (score.Plugin.Reads == PluginReads.Topology) == score.Plugin is ITopologyPlugin)
            && LocalScores.Sum(static score => score.Weight) <= MaxLocalWeight;
    }

    /// <summary>False if some plugin may depend on more than it says, or weights are beyond what an index holds.</summary>
    public bool IsPossible { get; }

    /// <summary>Filters that depend on a node and the pods on it.</summary>
    public ImmutableArray<IFilterPlugin> LocalFilters { get; }

    /// <summary>Scores that depend on a node and the pods on it.</summary>
    public ImmutableArray<(IScorePlugin Plugin, int Weight)> LocalScores { get; }

    /// <summary>Scores that depend on a node object and are scaled by the greatest one.</summary>
    public ImmutableArray<(IRelativeScorePlugin Plugin, int Weight)> RelativeScores { get; }

    /// <summary>Plugins that compare nodes by the pods around them.</summary>
    public ImmutableArray<(ITopologyPlugin Plugin, bool Filters, int Weight)> Topology { get; }
}
