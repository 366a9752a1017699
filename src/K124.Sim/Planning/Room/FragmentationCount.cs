using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Room;

/// <summary>Adds up free amounts, and what of them no shape can use.</summary>
internal sealed class FragmentationCount(PlanningWorld world, Scheduler scheduler)
{
    /// <summary>Shapes that are told apart; of more, the most frequent.</summary>
    private const int MostShapes = 200;

    public FragmentationPlan Of(Pod[] given, CancellationToken cancellationToken)
    {
        var (pods, source) = ShapesOf(given);
        var counts = pods.Select(pod => new RoomCount(pod, world.Options)).ToArray();
        var resources = scheduler.ResourcesInUse;
        var rowCount = scheduler.NodeRows.DefaultIfEmpty(-1).Max() + 1;
        var used = resources.Select(_ => new long[rowCount]).ToArray();
        var isUsed = new bool[rowCount];
        foreach (var count in counts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (row, units) in count.UnitsByNode(scheduler, cancellationToken))
            {
                isUsed[row] |= units > 0;
                foreach (var (resource, amount) in count.Requests(scheduler))
                {
                    if (Array.IndexOf(resources, resource) is >= 0 and var r)
                    {
                        used[r][row] = Math.Max(used[r][row], units * amount);
                    }
                }
            }
        }

        var classes = NodeClasses.Of(scheduler);
        return new()
        {
            Shapes = [.. pods.Select(static pod => ObjectKey.Of(pod).ToString())],
            Source = source,
            Classes = [.. classes.Classes.Select((nodeClass, i) => new ClassFragmentation(nodeClass, classes.Rows[i].Count(row => !isUsed[row] && HasRoom(row)), Sum(classes.Rows[i])))],
            Total = Sum(scheduler.NodeRows),
            Notices = [.. world.Settled.Notices, .. world.DaemonNotices],
        };

        ImmutableArray<StrandedAmount> Sum(int[] rows) =>
        [
            .. resources.Select((resource, r) => new StrandedAmount(
                resource,
                rows.Sum(row => scheduler.AllocatableOf(resource, row)),
                rows.Sum(row => Math.Max(0, scheduler.FreeOf(resource, row))),
                rows.Sum(row => Math.Max(0, scheduler.FreeOf(resource, row) - used[r][row])))),
        ];
    }

    private bool HasRoom(int row) => scheduler.FreeOf("cpu", row) > 0 || scheduler.FreeOf("memory", row) > 0;

    private (Pod[] Pods, ShapeSource Source) ShapesOf(Pod[] given)
    {
        if (given.Length > 0)
        {
            return (given, ShapeSource.Given);
        }

        var pending = world.Cluster.Pods.Where(PlannedDemand.IsPending).ToArray();
        return pending.Length > 0
            ? (Distinct(pending), ShapeSource.Pending)
            : (Distinct(world.Cluster.Pods.Where(static pod => Owners.IsActive(pod) && Successors.StayReason(pod).Length == 0)), ShapeSource.Running);
    }

    /// <summary>Pods that ask for the same, by one of them.</summary>
    private static Pod[] Distinct(IEnumerable<Pod> pods) =>
    [
        .. pods.GroupBy(static pod => (Spec: pod.Spec with { NodeName = "" }, Labels: ShapeLabels(pod)))
            .OrderByDescending(static group => group.Count()).Take(MostShapes).Select(static group => group.First()),
    ];

    /// <summary>Labels matter to pods that look at others, and tell apart what asks for the same otherwise.</summary>
    private static StringMap<string> ShapeLabels(Pod pod) =>
        pod.Spec.Affinity is null && pod.Spec.TopologySpreadConstraints.IsEmpty ? StringMap<string>.Empty : pod.Metadata.Labels;
}
