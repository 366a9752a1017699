using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Arguments of NodeAffinity.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (NodeAffinityArgs).</remarks>
public sealed record NodeAffinityArgs
{
    /// <summary>Node affinity that every pod of the profile has besides its own: both must hold, and preferences add up.</summary>
    /// <value>Null, the default, for none. Terms that do not parse are refused when the profile is used.</value>
    public NodeAffinity? AddedAffinity { get; init; }
}
