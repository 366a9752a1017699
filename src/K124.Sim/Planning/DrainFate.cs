namespace K124.Sim.Planning;

/// <summary>What becomes of a pod when its node is drained.</summary>
public enum DrainFate
{
    /// <summary>It is evicted, and the pod that takes its place finds a node.</summary>
    Moved,

    /// <summary>It is evicted, and the pod that takes its place finds no node.</summary>
    Unplaced,

    /// <summary>It is evicted, and its controller makes no other: there are more than it wants.</summary>
    Surplus,

    /// <summary>It is evicted, and nobody makes another.</summary>
    Lost,

    /// <summary>It has come to its end, and is deleted.</summary>
    Finished,

    /// <summary>It stays: a DaemonSet or the kubelet itself would make it anew at once.</summary>
    Stays,

    /// <summary>Its budget does not let it be evicted, however long one waits.</summary>
    Blocked,
}
