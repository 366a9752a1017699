using System.Collections.Immutable;

namespace K124.Sim.Scheduling;

/// <summary>Why a node was not feasible for a pod.</summary>
/// <param name="NodeName">Name of the node.</param>
/// <param name="Plugins">The plugins that rejected it, in the order in which they ran; one alone from release 1.24.10 on.</param>
public sealed record NodeRejection(string NodeName, ImmutableArray<PluginStatus> Plugins)
{
    /// <summary>The strongest of the plugins' codes.</summary>
    public StatusCode Code => Plugins.Max(static plugin => plugin.Code);

    /// <summary>All reasons, plugin by plugin.</summary>
    public IEnumerable<string> Reasons => Plugins.SelectMany(static plugin => plugin.Reasons);

    /// <inheritdoc/>
    public bool Equals(NodeRejection? other) => other is not null && NodeName == other.NodeName && Plugins.SequenceEqual(other.Plugins);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NodeName, Plugins.Length);

    /// <inheritdoc/>
    public override string ToString() => $"{NodeName}: {string.Join("; ", Plugins)}";
}
