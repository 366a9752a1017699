using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>The claims of a pod, sorted by what has to be done about them.</summary>
public sealed record PodVolumeClaims
{
    /// <summary>Of a pod without claims.</summary>
    internal static PodVolumeClaims None { get; } = new();

    /// <summary>Whether the pod has claims at all, those of ephemeral volumes included.</summary>
    public bool HasClaims { get; init; }

    /// <summary>Claims that are bound to volumes; a claim of two volumes of the pod is listed twice, here and below.</summary>
    public ImmutableArray<PersistentVolumeClaim> BoundClaims { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Claims that wait for the pod to be given a node.</summary>
    public ImmutableArray<PersistentVolumeClaim> ClaimsToBind { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Claims that should have been bound without waiting, but are not.</summary>
    public ImmutableArray<PersistentVolumeClaim> UnboundClaimsImmediate { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Why no node can take the pod as things are, in 1.24's words; null if that is not so.</summary>
    public string? Rejection { get; init; }

    /// <summary>Why nothing can be decided; null if that is not so.</summary>
    public string? Error { get; init; }
}
