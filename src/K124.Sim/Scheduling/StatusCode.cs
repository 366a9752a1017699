namespace K124.Sim.Scheduling;

/// <summary>What a plugin says of a node or a pod.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (Code).</remarks>
public enum StatusCode
{
    /// <summary>The plugin has no objection.</summary>
    Success,

    /// <summary>The node does not fit now; preemption might help.</summary>
    Unschedulable,

    /// <summary>The node does not fit, and removing pods would not change that.</summary>
    UnschedulableAndUnresolvable,

    /// <summary>The plugin could not decide; the attempt fails.</summary>
    Error,
}
