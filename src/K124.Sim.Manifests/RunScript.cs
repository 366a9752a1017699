using System.Collections.Immutable;
using K124.Sim.ControlPlane;

namespace K124.Sim.Manifests;

/// <summary>What happens to a cluster, and when.</summary>
public sealed record RunScript
{
    /// <summary>The actions, in the order of the script.</summary>
    public required ImmutableArray<TimedAction> Actions { get; init; }

    /// <summary>How long recorded pods ran, by owner (<c>group/version.Kind|namespace/name</c>), each owner's in the order of the script.</summary>
    public ImmutableDictionary<string, ImmutableArray<TimeSpan?>> PodLifetimes { get; init; } = ImmutableDictionary<string, ImmutableArray<TimeSpan?>>.Empty;

    /// <summary>What is wrong with the script; the actions are not to be used then.</summary>
    public ImmutableArray<ManifestError> Errors { get; init => field = value.IsDefault ? [] : value; } = [];
}
