namespace K124.Sim.Storage.Volumes;

/// <summary>Annotations that storage decisions read and write.</summary>
internal static class StorageAnnotations
{
    /// <summary>On claims: binding is complete.</summary>
    public const string BindCompleted = "pv.kubernetes.io/bind-completed";

    /// <summary>On claims and volumes: the controller or the scheduler made the binding, not the user.</summary>
    public const string BoundByController = "pv.kubernetes.io/bound-by-controller";

    /// <summary>On claims: the node that the scheduler chose.</summary>
    public const string SelectedNode = "volume.kubernetes.io/selected-node";

    /// <summary>On volumes: the plugin that provisioned it.</summary>
    public const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";

    /// <summary>On claims and volumes: the CSI driver that acts in place of an in-tree plugin.</summary>
    public const string MigratedTo = "pv.kubernetes.io/migrated-to";

    /// <summary>On claims: who is to provision.</summary>
    public const string StorageProvisioner = "volume.kubernetes.io/storage-provisioner";

    /// <summary>On claims: who is to provision, under the older key.</summary>
    public const string BetaStorageProvisioner = "volume.beta.kubernetes.io/storage-provisioner";

    /// <summary>On claims and volumes: the class, over the field.</summary>
    public const string BetaStorageClass = "volume.beta.kubernetes.io/storage-class";

    /// <summary>On claims: who is to resize.</summary>
    public const string StorageResizer = "volume.kubernetes.io/storage-resizer";

    /// <summary>On volumes: the claim's size before the device grew.</summary>
    public const string PreResizeCapacity = "volume.alpha.kubernetes.io/pre-resize-capacity";

    /// <summary>On CSINodes: in-tree plugins that the node has migrated.</summary>
    public const string MigratedPlugins = "storage.alpha.kubernetes.io/migrated-plugins";
}
