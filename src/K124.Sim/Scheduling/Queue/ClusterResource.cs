namespace K124.Sim.Scheduling.Queue;

/// <summary>A kind of object whose changes can make pods schedulable.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (GVK).</remarks>
public enum ClusterResource
{
    /// <summary>No object in particular: the event concerns every pod.</summary>
    Any,

    /// <summary>Pods that have a node.</summary>
    Pod,

    /// <summary>Nodes.</summary>
    Node,

    /// <summary>PersistentVolumes.</summary>
    PersistentVolume,

    /// <summary>PersistentVolumeClaims.</summary>
    PersistentVolumeClaim,

    /// <summary>StorageClasses.</summary>
    StorageClass,

    /// <summary>CSINodes.</summary>
    CSINode,

    /// <summary>CSIDrivers.</summary>
    CSIDriver,

    /// <summary>CSIStorageCapacities.</summary>
    CSIStorageCapacity,
}
