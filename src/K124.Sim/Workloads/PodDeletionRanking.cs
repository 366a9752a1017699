using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>Which pods go first when a ReplicaSet shrinks.</summary>
/// <remarks>Kubernetes 1.24 ActivePodsWithRanks.</remarks>
internal sealed class PodDeletionRanking : IComparer<PodDeletionRanking.Ranked>
{
    private const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";
    private const long NanosecondsATick = 100;

    private readonly DateTimeOffset _now;
    private readonly bool _usesCost;
    private readonly bool _isLogarithmic;

    public PodDeletionRanking(DateTimeOffset now, FeatureGates gates)
    {
        _now = now;
        _usesCost = gates.IsEnabled("PodDeletionCost");
        _isLogarithmic = gates.IsEnabled("LogarithmicScaleDown");
    }

    /// <summary>The pods in the order in which they are deleted.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="related">Pods that count as neighbours on a node, the pods themselves included.</param>
    public ImmutableArray<Pod> Rank(IEnumerable<Pod> pods, IEnumerable<Pod> related)
    {
        var onNode = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pod in related)
        {
            if (PodPredicates.IsActive(pod))
            {
                onNode[pod.Spec.NodeName] = onNode.GetValueOrDefault(pod.Spec.NodeName) + 1;
            }
        }

        return [.. pods.Select(pod => Describe(pod, onNode.GetValueOrDefault(pod.Spec.NodeName))).Order(this).Select(static ranked => ranked.Pod)];
    }

    public Ranked Describe(Pod pod, int neighbours)
    {
        var ready = PodPredicates.ReadyCondition(pod);
        return new(
            pod,
            neighbours,
            PhaseRank(pod.Status.Phase),
            ready?.Status == "True",
            _usesCost ? Cost(pod) : 0,
            ready?.Status == "True" ? ready.LastTransitionTime : null,
            Restarts(pod));
    }

    /// <summary>Below none if the first pod goes first.</summary>
    public int Compare(Ranked x, Ranked y)
    {
        var hasNode = (x.Pod.Spec.NodeName.Length > 0).CompareTo(y.Pod.Spec.NodeName.Length > 0);
        if (hasNode != 0)
        {
            return hasNode;
        }

        var order = x.Phase.CompareTo(y.Phase);
        order = order != 0 ? order : x.IsReady.CompareTo(y.IsReady);
        order = order != 0 ? order : x.Cost.CompareTo(y.Cost);
        order = order != 0 ? order : y.Neighbours.CompareTo(x.Neighbours);
        if (order == 0 && x.IsReady && x.ReadySince != y.ReadySince)
        {
            order = CompareTimes(x.ReadySince, y.ReadySince, x.Pod, y.Pod);
            if (order != 0 || _isLogarithmic)
            {
                return order;
            }
        }

        order = order != 0 ? order : y.Restarts.CompareTo(x.Restarts);
        return order != 0 || x.Pod.Metadata.CreationTimestamp == y.Pod.Metadata.CreationTimestamp
            ? order
            : CompareTimes(x.Pod.Metadata.CreationTimestamp, y.Pod.Metadata.CreationTimestamp, x.Pod, y.Pod);
    }

    private int CompareTimes(DateTimeOffset? x, DateTimeOffset? y, Pod podOfX, Pod podOfY)
    {
        if (x is null || y is null)
        {
            return x is null ? -1 : 1;
        }

        if (!_isLogarithmic)
        {
            return y.Value.CompareTo(x.Value);
        }

        var order = Bucket(x.Value).CompareTo(Bucket(y.Value));
        return order != 0 ? order : string.CompareOrdinal(podOfX.Metadata.Uid, podOfY.Metadata.Uid);
    }

    private int Bucket(DateTimeOffset time)
    {
        var age = (_now - time).Ticks * NanosecondsATick;
        return age <= 0 ? -1 : BitOperations.Log2((ulong)age);
    }

    private static int PhaseRank(string phase) => phase switch
    {
        "Unknown" => 1,
        "Running" => 2,
        _ => 0,
    };

    private static int Cost(Pod pod)
    {
        if (!pod.Metadata.Annotations.TryGetValue(CostAnnotation, out var text) || text.Length == 0)
        {
            return 0;
        }

        var isWellFormed = text[0] is '-' or (>= '1' and <= '9') || text == "0";
        return isWellFormed && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;
    }

    private static int Restarts(Pod pod)
    {
        var most = 0;
        foreach (var container in pod.Status.ContainerStatuses)
        {
            most = Math.Max(most, container.RestartCount);
        }

        return most;
    }

    /// <summary>A pod with what it is ranked by.</summary>
    internal readonly record struct Ranked(Pod Pod, int Neighbours, int Phase, bool IsReady, int Cost, DateTimeOffset? ReadySince, int Restarts);
}
