namespace K124.Sim.Scheduling.Queue;

/// <summary>What a failed attempt says about a pod's nomination.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (NominatingInfo).</remarks>
public readonly record struct NominatingInfo
{
    private NominatingInfo(string nodeName) => NodeName = nodeName;

    /// <summary>The nomination stays as the pod's status has it.</summary>
    public static NominatingInfo Unchanged => default;

    /// <summary>The nomination is dropped.</summary>
    public static NominatingInfo Cleared => new("");

    /// <summary>The node that takes the place of the pod's nomination; empty for none; null if the nomination stays.</summary>
    public string? NodeName { get; }

    /// <summary>Whether the pod's nomination is replaced.</summary>
    public bool IsOverride => NodeName is not null;

    /// <summary>The pod is nominated to a node.</summary>
    /// <param name="nodeName">Name of the node.</param>
    /// <returns>The nomination.</returns>
    public static NominatingInfo To(string nodeName)
    {
        ArgumentException.ThrowIfNullOrEmpty(nodeName);
        return new(nodeName);
    }
}
