using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Nodes;

/// <summary>What is known of a node's signs of life.</summary>
/// <param name="Ready">The Ready condition that was last seen; null if there was none.</param>
/// <param name="RenewTime">When the lease was last seen renewed; null if it was not seen.</param>
/// <param name="HasLease">Whether a lease was seen.</param>
/// <param name="ProbeTime">When the node last gave a sign of life.</param>
internal sealed record NodeHealth(Condition? Ready, DateTimeOffset? RenewTime, bool HasLease, DateTimeOffset ProbeTime)
{
    private static readonly ImmutableArray<string> ConditionTypes = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    /// <summary>Looks at a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="lease">Its lease; null if there is none.</param>
    /// <param name="known">What is known of it; null if it is new.</param>
    /// <param name="options">Settings.</param>
    /// <param name="now">The present.</param>
    public static NodeObservation Observe(Node node, Lease? lease, NodeHealth? known, NodeLifecycleOptions options, DateTimeOffset now)
    {
        var ready = ConditionOf(node, "Ready");
        var created = node.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue;
        var observed = ready ?? new() { Type = "Ready", Status = "Unknown", LastHeartbeatTime = created, LastTransitionTime = created };
        var health = Update(ready, known, created, now);
        if (lease is not null && (known is not { HasLease: true } || known.RenewTime < lease.Spec.RenewTime))
        {
            health = health with { HasLease = true, RenewTime = lease.Spec.RenewTime, ProbeTime = now };
        }

        var grace = ready is null ? options.StartupGrace : options.MonitorGrace;
        if (now <= health.ProbeTime + grace)
        {
            return new(node, observed, ready, health, MustWrite: false);
        }

        var silent = Silence(node, created, now);
        ready = ConditionOf(silent, "Ready");
        return ready == observed
            ? new(silent, observed, ready, health with { Ready = ready }, MustWrite: false)
            : new(silent, observed, ready, new(ready, lease?.Spec.RenewTime, lease is not null, health.ProbeTime), MustWrite: true);
    }

    private static NodeHealth Update(Condition? ready, NodeHealth? known, DateTimeOffset created, DateTimeOffset now)
    {
        if (known is null)
        {
            return new(ready, null, HasLease: false, ready is null ? created : now);
        }

        var isNews = (known.Ready is null) != (ready is null) || known.Ready?.LastHeartbeatTime != ready?.LastHeartbeatTime;
        return isNews ? new(ready, null, HasLease: false, now) : known;
    }

    private static Node Silence(Node node, DateTimeOffset created, DateTimeOffset now)
    {
        var conditions = node.Status.Conditions;
        foreach (var type in ConditionTypes)
        {
            var condition = ConditionOf(node, type);
            if (condition is null)
            {
                conditions = conditions.Add(new()
                {
                    Type = type,
                    Status = "Unknown",
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = created,
                    LastTransitionTime = now.WholeSeconds(),
                });
            }
            else if (condition.Status != "Unknown")
            {
                conditions = conditions.Replace(condition, condition with
                {
                    Status = "Unknown",
                    Reason = "NodeStatusUnknown",
                    Message = "Kubelet stopped posting node status.",
                    LastTransitionTime = now.WholeSeconds(),
                });
            }
        }

        return node with { Status = node.Status with { Conditions = conditions } };
    }

    internal static Condition? ConditionOf(Node node, string type)
    {
        foreach (var condition in node.Status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }
}

/// <summary>What came of looking at a node.</summary>
/// <param name="Node">The node, with the status that it should have.</param>
/// <param name="Observed">Its Ready condition before.</param>
/// <param name="Current">Its Ready condition now; null if it still has none.</param>
/// <param name="Health">What is known of it now.</param>
/// <param name="MustWrite">Whether the status has to be written.</param>
internal readonly record struct NodeObservation(Node Node, Condition Observed, Condition? Current, NodeHealth Health, bool MustWrite);
