using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Planning.Shrinking;

/// <summary>Which nodes may go, and how.</summary>
public sealed record ShrinkRequest
{
    private readonly Items<string> _nodes;

    /// <summary>The nodes that may go; empty for all.</summary>
    public ImmutableArray<string> Nodes { get => _nodes.Array; init => _nodes = new(value); }

    /// <summary>How many may go at most.</summary>
    /// <value>No limit by default.</value>
    public int MostNodes { get; init; } = int.MaxValue;

    /// <summary>Whether pods that no controller makes anew may be lost.</summary>
    public bool Force { get; init; }
}
