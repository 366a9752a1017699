using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    private const int ProgressInterval = 64;
    private const string DefaultNamespace = "default";

    /// <summary>Places replicas of a pod, one after the other, until one does not fit.</summary>
    /// <param name="pod">The pod. Its node and status are left out of account; its replicas are named after it, with a number. Each replica has
    /// ephemeral volumes of its own; claims that the pod names are shared by all.</param>
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
        return Fit(admitted, new Replicas(_cluster, admitted), maxReplicas, progress, cancellationToken);
    }

    /// <summary>Places replicas of a StatefulSet, each with claims of its own, one after the other, until one does not fit.</summary>
    /// <param name="set">The StatefulSet; its number of replicas is left out of account. Pods and claims of its names that are in the
    /// cluster are passed over and taken over.</param>
    /// <param name="maxReplicas">Where to stop, at least 0.</param>
    /// <param name="progress">Told now and then how many replicas have been placed.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>How many fit, where, and what stops the next one.</returns>
    /// <exception cref="ArgumentException">A pod or a claim would not be admitted.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxReplicas"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public FitPlan Fit(
        StatefulSet set, int maxReplicas = int.MaxValue, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegative(maxReplicas);
        var placed = set.Metadata.Namespace.Length == 0 ? set with { Metadata = set.Metadata with { Namespace = DefaultNamespace } } : set;
        var pod = WorkloadExpansion.PodOf(placed.Spec.Template, placed, placed.Metadata.Name);
        var admitted = new PodAdmission(_cluster).Admit(WithoutNode(pod), $"StatefulSet {ObjectKey.Of(placed)}");
        return Fit(admitted, new Replicas(_cluster, admitted, placed), maxReplicas, progress, cancellationToken);
    }

    private FitPlan Fit(Pod admitted, Replicas replicas, int maxReplicas, IProgress<PlanProgress>? progress, CancellationToken cancellationToken)
    {
        var scheduler = new Scheduler(_cluster, _options.Scheduler);
        var meter = new UtilizationMeter(scheduler);
        var perNode = new SortedDictionary<string, int>(StringComparer.Ordinal);
        SchedulingResult? next = null;
        var placed = 0;
        while (placed < maxReplicas)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (replica, claims) = replicas.Next();
            foreach (var claim in claims)
            {
                scheduler.Apply(claim);
            }

            var decision = scheduler.Place(replica);
            if (decision.NodeName is not { } node)
            {
                next = decision.ToResult();
                break;
            }

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
            Notices = [.. PlanNotices.For(_cluster, [admitted]), .. PlanNotices.ForClaims(replicas.Claims, scheduler)],
        };
    }

    private static Pod WithoutNode(Pod pod) => pod with
    {
        Metadata = pod.Metadata with { Namespace = pod.Metadata.Namespace.Length == 0 ? DefaultNamespace : pod.Metadata.Namespace, Uid = "", DeletionTimestamp = null },
        Spec = pod.Spec with { NodeName = "" },
        Status = new(),
    };
}
