using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Rules about which nodes suit a pod.</summary>
public sealed record NodeAffinity
{
    private readonly Items<PreferredSchedulingTerm> _preferredDuringSchedulingIgnoredDuringExecution;

    /// <summary>Terms of which one must match.</summary>
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    /// <summary>Terms that add to a node's score.</summary>
    public ImmutableArray<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => _preferredDuringSchedulingIgnoredDuringExecution.Array; init => _preferredDuringSchedulingIgnoredDuringExecution = new(value); }
}
