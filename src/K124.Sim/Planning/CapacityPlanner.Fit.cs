using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    private const int ProgressInterval = 64;

    /// <summary>Places replicas of a pod, one after the other, until one does not fit.</summary>
    /// <param name="pod">The pod. Its node and status are left out of account; its replicas are named after it, with a number.</param>
    /// <param name="maxReplicas">Where to stop, at least 0. A pod that asks for nothing fits until nodes run out of allowed pods, so
    /// set it if nodes allow very many.</param>
    /// <param name="progress">Told now and then how many replicas have been placed.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>How many fit, where, and what stops the next one.</returns>
    /// <exception cref="ArgumentException">The pod would not be admitted: its PriorityClass or RuntimeClass is missing or contradicts it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxReplicas"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public FitPlan Fit(
        Pod pod, int maxReplicas = int.MaxValue, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentOutOfRangeException.ThrowIfNegative(maxReplicas);
        var admitted = new PodAdmission(_cluster).Admit(WithoutNode(pod), $"Pod {ObjectKey.Of(pod)}");
        var scheduler = new Scheduler(_cluster, _options.Scheduler);
        var meter = new UtilizationMeter(scheduler);
        var names = new PodNames(_cluster);
        var perNode = new SortedDictionary<string, int>(StringComparer.Ordinal);
        SchedulingResult? next = null;
        var placed = 0;
        while (placed < maxReplicas)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var replica = admitted with { Metadata = admitted.Metadata with { Name = names.Next(admitted.Metadata.Namespace, admitted.Metadata.Name) } };
            var result = scheduler.Schedule(replica);
            if (result.NodeName is not { } node)
            {
                next = result;
                break;
            }

            scheduler.Assume(replica, node);
            perNode[node] = perNode.GetValueOrDefault(node) + 1;
            placed++;
            if (placed % ProgressInterval == 0)
            {
                progress?.Report(new(placed, null));
            }
        }

        progress?.Report(new(placed, placed));
        return new()
        {
            Replicas = placed,
            Nodes = [.. perNode.Select(static entry => new NodeReplicas(entry.Key, entry.Value)).OrderByDescending(static entry => entry.Replicas)],
            Next = next,
            Utilization = meter.Read(),
            Notices = PlanNotices.For(_cluster, [admitted]),
        };
    }

    private static Pod WithoutNode(Pod pod) => pod with
    {
        Metadata = pod.Metadata with { Namespace = pod.Metadata.Namespace.Length == 0 ? "default" : pod.Metadata.Namespace, Uid = "", DeletionTimestamp = null },
        Spec = pod.Spec with { NodeName = "" },
        Status = new(),
    };
}
