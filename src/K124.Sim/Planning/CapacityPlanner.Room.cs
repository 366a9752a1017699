using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Planning.Room;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Decides on one more pod, and changes nothing: will it run now, or wait?</summary>
    /// <param name="pod">The pod, as its author wrote it; its node and status are left out of account.</param>
    /// <returns>The decision.</returns>
    /// <remarks>The quickest question: once the cluster is taken in, it costs what a decision costs. Claims of ephemeral volumes are not made.</remarks>
    /// <exception cref="ArgumentException">The pod would not be admitted.</exception>
    public SchedulingResult Probe(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        var asked = (Pod)Placeable(pod);
        _probes ??= new(World.Cluster);
        var admitted = _probes.Admit(asked, $"Pod {ObjectKey.Of(asked)}");
        return World.Ask(scheduler => scheduler.Schedule(admitted));
    }

    /// <summary>Counts how many further units of each pod fit, by class of nodes, and what stops the next one.</summary>
    /// <param name="shapes">The pods, or workloads that make pods, each of which is counted for itself.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">There is no shape, or one would not be admitted.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public HeadroomPlan Headroom(IEnumerable<IApiObject> shapes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        Pod[] pods = [.. shapes.Select(PodOf)];
        if (pods.Length == 0)
        {
            throw new ArgumentException("There is no shape to count.", nameof(shapes));
        }

        return new()
        {
            Shapes = World.Ask(scheduler => new HeadroomCount(World, scheduler).Of(pods, cancellationToken)),
            Notices = [.. World.Settled.Notices, .. World.DaemonNotices],
        };
    }

    /// <summary>Finds the free amounts that no waiting pod can use.</summary>
    /// <param name="shapes">The pods that could use them, or workloads that make pods; none for the pending pods of the cluster, and if there are none, for those that run.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>The amounts by class of nodes.</returns>
    /// <exception cref="ArgumentException">A shape would not be admitted.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public FragmentationPlan Fragmentation(IEnumerable<IApiObject>? shapes = null, CancellationToken cancellationToken = default)
    {
        Pod[] pods = [.. (shapes ?? []).Select(PodOf)];
        return World.Ask(scheduler => new FragmentationCount(World, scheduler).Of(pods, cancellationToken));
    }

    /// <summary>The pod that an object makes, admitted.</summary>
    private Pod PodOf(IApiObject item)
    {
        var cluster = World.Cluster;
        return Replicas.Of(Placeable(item), World.Owners, new(cluster), new(cluster), new(cluster)).Template;
    }
}
