namespace K124.Sim.Model;

/// <summary>A volume of a pod; exactly one source is set. Sources that no 1.24 decision reads are left out.</summary>
public sealed record Volume
{
    /// <summary>Name, unique in the pod.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>A claim of the pod's namespace.</summary>
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; init; }

    /// <summary>A claim made for this pod alone.</summary>
    public EphemeralVolumeSource? Ephemeral { get; init; }

    /// <summary>An inline CSI volume.</summary>
    public CSIVolumeSource? Csi { get; init; }

    /// <summary>A GCE persistent disk.</summary>
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; init; }

    /// <summary>An AWS EBS volume.</summary>
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; init; }

    /// <summary>An Azure managed disk.</summary>
    public AzureDiskVolumeSource? AzureDisk { get; init; }

    /// <summary>An Azure file share.</summary>
    public AzureFileVolumeSource? AzureFile { get; init; }

    /// <summary>An OpenStack Cinder volume.</summary>
    public CinderVolumeSource? Cinder { get; init; }

    /// <summary>An iSCSI disk.</summary>
    public ISCSIVolumeSource? Iscsi { get; init; }

    /// <summary>A Ceph RBD image.</summary>
    public RBDVolumeSource? Rbd { get; init; }

    /// <summary>A Portworx volume.</summary>
    public PortworxVolumeSource? PortworxVolume { get; init; }

    /// <summary>A vSphere virtual disk.</summary>
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    /// <summary>A directory of the node.</summary>
    public HostPathVolumeSource? HostPath { get; init; }

    /// <summary>A Ceph file system.</summary>
    public CephFSVolumeSource? Cephfs { get; init; }

    /// <summary>Entries of a ConfigMap.</summary>
    public ConfigMapVolumeSource? ConfigMap { get; init; }

    /// <summary>Facts of the pod.</summary>
    public DownwardAPIVolumeSource? DownwardAPI { get; init; }

    /// <summary>An empty directory.</summary>
    public EmptyDirVolumeSource? EmptyDir { get; init; }

    /// <summary>A Fibre Channel disk.</summary>
    public FCVolumeSource? Fc { get; init; }

    /// <summary>A FlexVolume.</summary>
    public FlexVolumeSource? FlexVolume { get; init; }

    /// <summary>A Flocker dataset (deprecated).</summary>
    public FlockerVolumeSource? Flocker { get; init; }

    /// <summary>A git repository (deprecated).</summary>
    public GitRepoVolumeSource? GitRepo { get; init; }

    /// <summary>A Glusterfs volume.</summary>
    public GlusterfsVolumeSource? Glusterfs { get; init; }

    /// <summary>A directory of an NFS server.</summary>
    public NFSVolumeSource? Nfs { get; init; }

    /// <summary>A Photon disk (deprecated).</summary>
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    /// <summary>Several sources in one directory.</summary>
    public ProjectedVolumeSource? Projected { get; init; }

    /// <summary>A Quobyte volume (deprecated).</summary>
    public QuobyteVolumeSource? Quobyte { get; init; }

    /// <summary>A ScaleIO volume (deprecated).</summary>
    public ScaleIOVolumeSource? ScaleIO { get; init; }

    /// <summary>Entries of a Secret.</summary>
    public SecretVolumeSource? Secret { get; init; }

    /// <summary>A StorageOS volume (deprecated).</summary>
    public StorageOSVolumeSource? Storageos { get; init; }
}
