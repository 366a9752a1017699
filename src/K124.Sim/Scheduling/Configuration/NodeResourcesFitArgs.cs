using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Arguments of NodeResourcesFit.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (NodeResourcesFitArgs).</remarks>
public sealed record NodeResourcesFitArgs
{
    private readonly Items<string> _ignoredResources;
    private readonly Items<string> _ignoredResourceGroups;

    /// <summary>Extended resources that the filter does not look at.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<string> IgnoredResources { get => _ignoredResources.Array; init => _ignoredResources = new(value); }

    /// <summary>Groups, the part of a name before its slash, of extended resources that the filter does not look at.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<string> IgnoredResourceGroups { get => _ignoredResourceGroups.Array; init => _ignoredResourceGroups = new(value); }

    /// <summary>How nodes are scored.</summary>
    /// <value>LeastAllocated over cpu and memory by default.</value>
    public ScoringStrategy ScoringStrategy { get; init; } = new();
}
