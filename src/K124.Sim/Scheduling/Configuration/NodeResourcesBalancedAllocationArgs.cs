using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Arguments of NodeResourcesBalancedAllocation.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (NodeResourcesBalancedAllocationArgs).</remarks>
public sealed record NodeResourcesBalancedAllocationArgs
{
    private readonly Items<ResourceSpec> _resources = new([new("cpu"), new("memory")]);

    /// <summary>The resources that should be used in like proportion; each weighs 1.</summary>
    /// <value>cpu and memory by default.</value>
    public ImmutableArray<ResourceSpec> Resources { get => _resources.Array; init => _resources = new(value); }
}
