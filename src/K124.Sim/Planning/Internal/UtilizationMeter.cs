using System.Collections.Immutable;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>Compares what pods ask of each node now with what they asked when the meter was made.</summary>
internal sealed class UtilizationMeter(Scheduler scheduler)
{
    private readonly ImmutableArray<ImmutableArray<NodeResource>> _before = scheduler.ReadNodeResources();

    public ImmutableArray<NodeUtilization> Read()
    {
        var after = scheduler.ReadNodeResources();
        var names = scheduler.NodeNames;
        return [.. after.Select((resources, node) => new NodeUtilization(
            names[node],
            [.. resources.Select(now => new ResourceUtilization(now.Resource, now.Allocatable, Before(node, now.Resource), now.Requested))]))];
    }

    private long Before(int node, string resource)
    {
        foreach (var before in _before[node])
        {
            if (before.Resource == resource)
            {
                return before.Requested;
            }
        }

        return 0;
    }
}
