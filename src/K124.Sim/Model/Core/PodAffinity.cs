using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Pods to be near.</summary>
public sealed record PodAffinity
{
    private readonly Items<PodAffinityTerm> _requiredDuringSchedulingIgnoredDuringExecution;
    private readonly Items<WeightedPodAffinityTerm> _preferredDuringSchedulingIgnoredDuringExecution;

    /// <summary>Terms that must all hold.</summary>
    public ImmutableArray<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => _requiredDuringSchedulingIgnoredDuringExecution.Array; init => _requiredDuringSchedulingIgnoredDuringExecution = new(value); }

    /// <summary>Terms that add to a node's score.</summary>
    public ImmutableArray<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => _preferredDuringSchedulingIgnoredDuringExecution.Array; init => _preferredDuringSchedulingIgnoredDuringExecution = new(value); }
}
