using K124.Sim.Planning.Growth;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Finds out how many nodes to add for the pending pods of the cluster, further workloads and bursts.</summary>
    /// <param name="request">What is to run, and which nodes can be had.</param>
    /// <param name="progress">Told now and then how many numbers of nodes have been tried.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>For each template the first number of nodes with which the scheduler places all, and a proven bound; the cheapest mix; what a packing could do.</returns>
    /// <remarks>Nodes of a template come with their share of DaemonSet pods. The count goes up one by one from the bound, since more nodes do not always do where fewer do.
    /// Nothing is evicted for the pods.</remarks>
    /// <exception cref="ArgumentException">There is no template, two have one name, or pods would not be admitted.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public GrowPlan Grow(GrowRequest request, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Templates.IsEmpty)
        {
            throw new ArgumentException("There is no node template.", nameof(request));
        }

        if (request.Templates.GroupBy(static template => template.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { Key: var name })
        {
            throw new ArgumentException($"Two node templates have the name '{name}'.", nameof(request));
        }

        var wanted = _options.CompletesWorkloads ? request with { Workloads = [.. WithWanting(request.Workloads)] } : request;
        return new GrowthSearch(World, wanted, progress, cancellationToken).Run();
    }
}
