using System.Collections.Immutable;

namespace K124.Sim.Scheduling;

/// <summary>How good a feasible node is for a pod.</summary>
/// <param name="NodeName">Name of the node.</param>
/// <param name="Plugins">Each scoring plugin's share, in the order in which they run.</param>
public sealed record NodeScore(string NodeName, ImmutableArray<PluginScore> Plugins)
{
    /// <summary>The sum of the weighted scores; 1 for every node if no plugin scores.</summary>
    public long Total { get; init; } = Plugins.Sum(static plugin => plugin.Weighted);

    /// <inheritdoc/>
    public bool Equals(NodeScore? other) => other is not null && NodeName == other.NodeName && Total == other.Total && Plugins.SequenceEqual(other.Plugins);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NodeName, Total);
}
