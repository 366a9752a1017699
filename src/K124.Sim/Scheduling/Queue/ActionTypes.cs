namespace K124.Sim.Scheduling.Queue;

/// <summary>What happened to an object.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (ActionType). For a kind other than Node each of the four bits of
/// <see cref="Update"/> would do; events carry all of them.</remarks>
[Flags]
public enum ActionTypes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was created.</summary>
    Add = 1,

    /// <summary>It was deleted.</summary>
    Delete = 2,

    /// <summary>A node's allocatable resources changed.</summary>
    UpdateNodeAllocatable = 4,

    /// <summary>A node's labels changed.</summary>
    UpdateNodeLabel = 8,

    /// <summary>A node's taints changed, or it was uncordoned.</summary>
    UpdateNodeTaint = 16,

    /// <summary>The status of one of a node's conditions changed.</summary>
    UpdateNodeCondition = 32,

    /// <summary>It changed in any way.</summary>
    Update = UpdateNodeAllocatable | UpdateNodeLabel | UpdateNodeTaint | UpdateNodeCondition,

    /// <summary>Anything.</summary>
    All = Add | Delete | Update,
}
