using K124.Sim.Model;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Which event an update of a node is to the scheduling queue.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler (nodeSchedulingPropertiesChange).</remarks>
public static class NodeChanges
{
    /// <summary>The one event of an update; the first that applies of: uncordoned, allocatable, labels, taints, conditions.</summary>
    /// <param name="oldNode">The node before.</param>
    /// <param name="newNode">The node now.</param>
    /// <returns>The event; null if nothing changed that could help a pod.</returns>
    public static ClusterEvent? EventOf(Node oldNode, Node newNode)
    {
        ArgumentNullException.ThrowIfNull(oldNode);
        ArgumentNullException.ThrowIfNull(newNode);
        if (oldNode.Spec.Unschedulable && !newNode.Spec.Unschedulable)
        {
            return new(ClusterResource.Node, ActionTypes.UpdateNodeTaint);
        }

        if (!oldNode.Status.Allocatable.Equals(newNode.Status.Allocatable))
        {
            return new(ClusterResource.Node, ActionTypes.UpdateNodeAllocatable);
        }

        if (!oldNode.Metadata.Labels.Equals(newNode.Metadata.Labels))
        {
            return new(ClusterResource.Node, ActionTypes.UpdateNodeLabel);
        }

        if (!oldNode.Spec.Taints.SequenceEqual(newNode.Spec.Taints))
        {
            return new(ClusterResource.Node, ActionTypes.UpdateNodeTaint);
        }

        return Statuses(oldNode).Equals(Statuses(newNode)) ? null : new(ClusterResource.Node, ActionTypes.UpdateNodeCondition);
    }

    /// <summary>Status by type of condition; the last of a type counts.</summary>
    private static StringMap<string> Statuses(Node node)
    {
        var statuses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var condition in node.Status.Conditions)
        {
            statuses[condition.Type] = condition.Status;
        }

        return statuses.ToStringMap();
    }
}
