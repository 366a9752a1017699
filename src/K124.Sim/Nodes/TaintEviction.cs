using K124.Sim.Model;

namespace K124.Sim.Nodes;

/// <summary>Whether and when a pod has to leave a node for the node's taints.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/nodelifecycle/scheduler.</remarks>
internal static class TaintEviction
{
    public const string NoExecute = "NoExecute";

    /// <summary>Decides about one pod.</summary>
    /// <param name="taints">Taints of the node with effect NoExecute.</param>
    /// <param name="tolerations">Tolerations of the pod.</param>
    /// <param name="pending">An eviction that is scheduled already.</param>
    /// <param name="now">The present.</param>
    /// <returns>What to do.</returns>
    public static TaintDecision Decide(
        IReadOnlyCollection<Taint> taints, IReadOnlyCollection<Toleration> tolerations, PendingEviction? pending, DateTimeOffset now)
    {
        var hadPending = pending is not null;
        if (taints.Count == 0)
        {
            return new(EvictsNow: false, null, IsCancelled: hadPending);
        }

        TimeSpan? shortest = null;
        foreach (var taint in taints)
        {
            if (tolerations.FirstOrDefault(toleration => toleration.Tolerates(taint)) is not { } used)
            {
                return new(EvictsNow: true, null, IsCancelled: hadPending);
            }

            if (used.TolerationSeconds is { } seconds)
            {
                var time = TimeSpan.FromSeconds(Math.Max(0, seconds));
                shortest = shortest is { } other && other <= time ? other : time;
            }
        }

        if (shortest is not { } delay)
        {
            return new(EvictsNow: false, null, IsCancelled: hadPending);
        }

        if (pending is { } scheduled && scheduled.Since != now)
        {
            return new(EvictsNow: false, scheduled, IsCancelled: false);
        }

        return delay == TimeSpan.Zero
            ? new(EvictsNow: true, null, IsCancelled: hadPending)
            : new(EvictsNow: false, new(now, now + delay), IsCancelled: hadPending);
    }
}

/// <summary>A pod that has to leave later.</summary>
/// <param name="Since">When that was decided.</param>
/// <param name="At">When it has to leave.</param>
internal readonly record struct PendingEviction(DateTimeOffset Since, DateTimeOffset At);

/// <summary>What taints do to a pod.</summary>
/// <param name="EvictsNow">It is deleted at once.</param>
/// <param name="Pending">It is deleted later; null if not.</param>
/// <param name="IsCancelled">An eviction that was scheduled is called off, or replaced.</param>
internal readonly record struct TaintDecision(bool EvictsNow, PendingEviction? Pending, bool IsCancelled);
