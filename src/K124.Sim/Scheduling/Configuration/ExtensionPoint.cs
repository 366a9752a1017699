namespace K124.Sim.Scheduling.Configuration;

/// <summary>Where plugins take part in placing a pod, in the order of an attempt.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework; KEP-624.</remarks>
public enum ExtensionPoint
{
    /// <summary>Which pod comes first.</summary>
    QueueSort,

    /// <summary>The pod alone, before any node.</summary>
    PreFilter,

    /// <summary>Whether a node can take the pod.</summary>
    Filter,

    /// <summary>What to do when no node can.</summary>
    PostFilter,

    /// <summary>The feasible nodes, before they are scored.</summary>
    PreScore,

    /// <summary>How good a feasible node is.</summary>
    Score,

    /// <summary>Setting aside what the pod needs on the chosen node.</summary>
    Reserve,

    /// <summary>Whether the pod may be bound now.</summary>
    Permit,

    /// <summary>Work that must be done before the pod is bound.</summary>
    PreBind,

    /// <summary>Binding the pod.</summary>
    Bind,

    /// <summary>After the pod has been bound.</summary>
    PostBind,
}
