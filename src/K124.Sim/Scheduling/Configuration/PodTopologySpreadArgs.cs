using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Arguments of PodTopologySpread.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (PodTopologySpreadArgs); KEP-1258.</remarks>
public sealed record PodTopologySpreadArgs
{
    private readonly Items<TopologySpreadConstraint> _defaultConstraints;

    /// <summary>Where the constraints of pods without any come from.</summary>
    /// <value><see cref="PodTopologySpreadConstraintsDefaulting.System"/> by default.</value>
    public PodTopologySpreadConstraintsDefaulting DefaultingType { get; init; }

    /// <summary>The constraints of pods without any if the type is <see cref="PodTopologySpreadConstraintsDefaulting.List"/>. They have no
    /// selector: pods are selected by the Services and the controller of the pod.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<TopologySpreadConstraint> DefaultConstraints { get => _defaultConstraints.Array; init => _defaultConstraints = new(value); }
}
