using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Pods to be away from.</summary>
public sealed record PodAntiAffinity
{
    private readonly Items<PodAffinityTerm> _requiredDuringSchedulingIgnoredDuringExecution;
    private readonly Items<WeightedPodAffinityTerm> _preferredDuringSchedulingIgnoredDuringExecution;

    /// <summary>Terms that must all hold.</summary>
    public ImmutableArray<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => _requiredDuringSchedulingIgnoredDuringExecution.Array; init => _requiredDuringSchedulingIgnoredDuringExecution = new(value); }

    /// <summary>Terms that subtract from a node's score.</summary>
    public ImmutableArray<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => _preferredDuringSchedulingIgnoredDuringExecution.Array; init => _preferredDuringSchedulingIgnoredDuringExecution = new(value); }
}
