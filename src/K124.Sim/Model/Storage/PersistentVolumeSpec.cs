using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="PersistentVolume"/>; exactly one source is set.</summary>
public sealed record PersistentVolumeSpec
{
    internal static readonly PersistentVolumeSpec Default = new();

    private readonly Items<string> _accessModes;
    private readonly Items<string> _mountOptions;

    /// <summary>Size, under <c>storage</c>.</summary>
    public StringMap<Quantity> Capacity { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Ways the volume can be mounted.</summary>
    public ImmutableArray<string> AccessModes { get => _accessModes.Array; init => _accessModes = new(value); }

    /// <summary>Claim the volume is bound or reserved to.</summary>
    public ObjectReference? ClaimRef { get; init; }

    /// <summary><c>Retain</c>, <c>Delete</c> or <c>Recycle</c>.</summary>
    public string PersistentVolumeReclaimPolicy { get; init => field = value ?? ""; } = "";

    /// <summary>Class of the volume.</summary>
    public string StorageClassName { get; init => field = value ?? ""; } = "";

    /// <summary>Mount options.</summary>
    public ImmutableArray<string> MountOptions { get => _mountOptions.Array; init => _mountOptions = new(value); }

    /// <summary><c>Filesystem</c> (also when null) or <c>Block</c>.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>Nodes that can reach the volume.</summary>
    public VolumeNodeAffinity? NodeAffinity { get; init; }

    /// <summary>A CSI volume.</summary>
    public CSIPersistentVolumeSource? Csi { get; init; }

    /// <summary>A disk local to one node.</summary>
    public LocalVolumeSource? Local { get; init; }

    /// <summary>A directory of the node.</summary>
    public HostPathVolumeSource? HostPath { get; init; }

    /// <summary>An NFS export.</summary>
    public NFSVolumeSource? Nfs { get; init; }

    /// <summary>A Gluster volume.</summary>
    public GlusterfsPersistentVolumeSource? Glusterfs { get; init; }

    /// <summary>A GCE persistent disk.</summary>
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; init; }

    /// <summary>An AWS EBS volume.</summary>
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; init; }

    /// <summary>An Azure managed disk.</summary>
    public AzureDiskVolumeSource? AzureDisk { get; init; }

    /// <summary>An Azure file share.</summary>
    public AzureFilePersistentVolumeSource? AzureFile { get; init; }

    /// <summary>An OpenStack Cinder volume.</summary>
    public CinderPersistentVolumeSource? Cinder { get; init; }

    /// <summary>An iSCSI disk.</summary>
    public ISCSIVolumeSource? Iscsi { get; init; }

    /// <summary>A Ceph RBD image.</summary>
    public RBDPersistentVolumeSource? Rbd { get; init; }

    /// <summary>A Portworx volume.</summary>
    public PortworxVolumeSource? PortworxVolume { get; init; }

    /// <summary>A vSphere virtual disk.</summary>
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    /// <summary>A Ceph file system.</summary>
    public CephFSPersistentVolumeSource? Cephfs { get; init; }

    /// <summary>A Fibre Channel disk.</summary>
    public FCVolumeSource? Fc { get; init; }

    /// <summary>A FlexVolume.</summary>
    public FlexPersistentVolumeSource? FlexVolume { get; init; }

    /// <summary>A Flocker dataset (deprecated).</summary>
    public FlockerVolumeSource? Flocker { get; init; }

    /// <summary>A Photon disk (deprecated).</summary>
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    /// <summary>A Quobyte volume (deprecated).</summary>
    public QuobyteVolumeSource? Quobyte { get; init; }

    /// <summary>A ScaleIO volume (deprecated).</summary>
    public ScaleIOPersistentVolumeSource? ScaleIO { get; init; }

    /// <summary>A StorageOS volume (deprecated).</summary>
    public StorageOSPersistentVolumeSource? Storageos { get; init; }
}
