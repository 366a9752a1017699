using K124.Sim.Planning.Changes;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Compares the cluster as it is with how it would be: requests or replicas multiplied, another profile, other objects, preemption carried out.</summary>
    /// <param name="request">What is to be different.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>Both placements, and the difference pod by pod.</returns>
    /// <remarks>Pods that nothing changes for stay where they are, unless all are to be placed anew. The others are placed by priority, then in the order of the cluster;
    /// each keeps its name, so that it can be compared.</remarks>
    /// <exception cref="ArgumentException">A factor is below 0, a node is not in the cluster, or a pod would not be admitted.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public WhatIfPlan WhatIf(WhatIfRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestsFactor < 0 || request.ReplicasFactor < 0)
        {
            throw new ArgumentException("A factor is below 0.", nameof(request));
        }

        return new Variation(World, request).Run(cancellationToken);
    }
}
