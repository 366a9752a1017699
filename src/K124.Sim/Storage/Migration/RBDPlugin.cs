using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/rbd.</summary>
internal sealed class RBDPlugin() : InTreePlugin(InTreePluginNames.RBD, "rbd.csi.ceph.com")
{
    private const string HandleAnnotation = "rbd.csi.ceph.com/volume-handle";
    private const string ClusterID = "clusterID";
    private const string JournalPool = "journalPool";
    private const string ImageFeatures = "imageFeatures";
    private const string ImageFormat = "imageFormat";
    private const string ImageName = "imageName";
    private const string Pool = "pool";
    private const string Monitors = "monitors";
    private const string Migration = "migration";
    private const string StaticVolume = "staticVolume";
    private const string DefaultImageFeatures = "layering";
    private const string DynamicImagePrefix = "kubernetes-dynamic-pvc-";

    private static readonly ImmutableArray<string> SecretUsers = ["provisioner", "node-stage", "controller-expand"];

    public override bool Supports(PersistentVolumeSpec spec) => spec.Rbd is not null;

    public override bool Supports(Volume volume) => volume.Rbd is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume)
    {
        var image = volume.Spec.Rbd!;
        var annotations = volume.Metadata.Annotations;
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [ImageName] = image.Image,
            [Pool] = image.Pool,
            [ImageFeatures] = annotations.GetValueOrDefault(ImageFeatures, "") is { Length: > 0 } features ? features : DefaultImageFeatures,
            [ImageFormat] = annotations.GetValueOrDefault(ImageFormat, ""),
            [JournalPool] = annotations.GetValueOrDefault(JournalPool, ""),
            [Migration] = "true",
            ["tryOtherMounters"] = "true",
        };
        var handle = annotations.GetValueOrDefault(HandleAnnotation, "");
        if (handle.Length > 0)
        {
            attributes[ClusterID] = annotations.GetValueOrDefault(ClusterID, "");
        }
        else
        {
            var start = image.Image.IndexOf(DynamicImagePrefix, StringComparison.Ordinal);
            if (start < 0)
            {
                // Deviation: 1.24 crashes here; see docs/storage.md.
                return CSITranslation.Failed<PersistentVolume>(
                    $"PersistentVolume {GoText.Quote(volume.Metadata.Name)}: spec.rbd.image {GoText.Quote(image.Image)} does not contain \"{DynamicImagePrefix}\"");
            }

            var cluster = ClusterIDOf(image.Monitors);
            attributes[ClusterID] = cluster;
            attributes[StaticVolume] = "true";
            var imageID = image.Image[(start + DynamicImagePrefix.Length)..].Split(DynamicImagePrefix)[0];
            handle = $"mig_mons-{cluster}_image-{imageID}_{Hex(Encoding.UTF8.GetBytes(image.Pool))}";
        }

        return CSITranslation.Of(volume with
        {
            Spec = volume.Spec with
            {
                Rbd = null,
                AccessModes = [AccessModeOf(image.ReadOnly)],
                Csi = new()
                {
                    Driver = DriverName,
                    VolumeHandle = handle,
                    FsType = image.FsType,
                    VolumeAttributes = attributes.ToStringMap(),
                    NodeStageSecretRef = image.SecretRef,
                    ControllerExpandSecretRef = image.SecretRef,
                },
            },
        });
    }

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        var attributes = source.VolumeAttributes;
        var annotations = volume.Metadata.Annotations.With(HandleAnnotation, source.VolumeHandle);
        foreach (var name in (ReadOnlySpan<string>)[ClusterID, JournalPool, ImageFeatures, ImageFormat])
        {
            annotations = annotations.With(name, attributes.GetValueOrDefault(name, ""));
        }

        var image = new RBDPersistentVolumeSource
        {
            // The driver keeps no monitors.
            Monitors = [""],
            Image = attributes.GetValueOrDefault(ImageName, ""),
            Pool = attributes.GetValueOrDefault(Pool, ""),
            User = attributes.GetValueOrDefault("adminId", "") is { Length: > 0 } user ? user : "admin",
            FsType = source.FsType,
            ReadOnly = source.ReadOnly,
            SecretRef = source.NodeStageSecretRef,
        };
        return CSITranslation.Of(volume with
        {
            Metadata = volume.Metadata with { Annotations = annotations },
            Spec = volume.Spec with { Csi = null, Rbd = image },
        });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var image = volume.Rbd!;
        var secret = image.SecretRef is { } given ? new SecretReference { Name = given.Name, Namespace = podNamespace } : new();
        var source = new CSIPersistentVolumeSource
        {
            Driver = DriverName,
            VolumeHandle = image.Image,
            FsType = image.FsType,
            NodeStageSecretRef = secret,
            ControllerExpandSecretRef = secret,
            VolumeAttributes = StringMap.Of(
                (ClusterID, ClusterIDOf(image.Monitors)),
                (Pool, image.Pool.Length > 0 ? image.Pool : "rbd"),
                (StaticVolume, "true"),
                (ImageFeatures, DefaultImageFeatures)),
        };
        return InlineVolume($"{DriverName}-{image.Image}", source, AccessModeOf(image.ReadOnly));
    }

    public override CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Migration] = "true", [Pool] = "rbd" };
        SetSecrets(parameters, "namespace", "default");
        foreach (var (name, value) in storageClass.Parameters)
        {
            switch (name.ToLowerInvariant())
            {
                case ClassParameters.FsType:
                    parameters[ClassParameters.CSIFsType] = value;
                    break;
                case "imagefeatures":
                    parameters[ImageFeatures] = value;
                    break;
                case "imageformat":
                    parameters[ImageFormat] = value;
                    break;
                case Pool:
                    parameters[Pool] = value;
                    break;
                case "adminid":
                    parameters["adminId"] = value;
                    break;
                case "adminsecretname":
                    SetSecrets(parameters, "name", value);
                    break;
                case "adminsecretnamespace":
                    SetSecrets(parameters, "namespace", value);
                    break;
                case Monitors:
                    parameters[Monitors] = value;
                    parameters[ClusterID] = Hash(value);
                    break;
            }
        }

        if (string.IsNullOrEmpty(parameters.GetValueOrDefault(SecretKey("provisioner", "name"))))
        {
            return CSITranslation.Failed<StorageClass>("missing Ceph admin secret name");
        }

        return string.IsNullOrEmpty(parameters.GetValueOrDefault(Monitors))
            ? CSITranslation.Failed<StorageClass>("missing Ceph monitors")
            : CSITranslation.Of(storageClass with { Provisioner = DriverName, Parameters = parameters.ToStringMap() });
    }

    private static void SetSecrets(SortedDictionary<string, string> parameters, string part, string value)
    {
        foreach (var user in SecretUsers)
        {
            parameters[SecretKey(user, part)] = value;
        }
    }

    private static string SecretKey(string user, string part) => $"csi.storage.k8s.io/{user}-secret-{part}";

    private static string ClusterIDOf(ImmutableArray<string> monitors) => Hash(string.Join(',', monitors));

    [SuppressMessage("Security", "CA5351", Justification = "The identity of a cluster is this hash; nothing is protected by it.")]
    private static string Hash(string text) => Hex(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
