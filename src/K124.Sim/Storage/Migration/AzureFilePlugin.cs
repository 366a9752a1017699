using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/azure-file.</summary>
internal sealed class AzureFilePlugin() : InTreePlugin(InTreePluginNames.AzureFile, "file.csi.azure.com")
{
    private const string ResourceGroupAnnotation = "kubernetes.io/azure-file-resource-group";
    private const string DefaultNamespace = "default";
    private const string ShareName = "sharename";
    private const string SecretName = "secretname";
    private const string SecretNamespace = "secretnamespace";
    private const string SecretPrefix = "azure-storage-account-";
    private const string SecretSuffix = "-secret";

    public override bool Supports(PersistentVolumeSpec spec) => spec.AzureFile is not null;

    public override bool Supports(Volume volume) => volume.AzureFile is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume)
    {
        var share = volume.Spec.AzureFile!;
        var secretNamespace = share.SecretNamespace ?? volume.Spec.ClaimRef?.Namespace;
        if (string.IsNullOrEmpty(secretNamespace))
        {
            return CSITranslation.Failed<PersistentVolume>("could not find a secret namespace in PersistentVolumeSource or ClaimRef");
        }

        var resourceGroup = volume.Metadata.Annotations.GetValueOrDefault(ResourceGroupAnnotation, "");
        var handle = Handle(resourceGroup, share.SecretName, share.ShareName, volume.Metadata.Name, secretNamespace);
        return CSITranslation.Of(volume with
        {
            Spec = volume.Spec with { AzureFile = null, Csi = Source(handle, share.SecretName, share.ShareName, secretNamespace, share.ReadOnly) },
        });
    }

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        var share = new AzureFilePersistentVolumeSource { ReadOnly = source.ReadOnly };
        foreach (var (name, value) in source.VolumeAttributes)
        {
            share = name.ToLowerInvariant() switch
            {
                ShareName => share with { ShareName = value },
                SecretName => share with { SecretName = value },
                SecretNamespace => share with { SecretNamespace = value },
                _ => share,
            };
        }

        if (source.NodeStageSecretRef is { Name.Length: > 0 } secret)
        {
            share = share with { SecretName = secret.Name, SecretNamespace = secret.Namespace };
        }

        var annotations = volume.Metadata.Annotations;
        if (share.ShareName.Length == 0 || share.SecretName.Length == 0)
        {
            var parts = source.VolumeHandle.Split('#');
            if (parts.Length < 3)
            {
                return CSITranslation.Failed<PersistentVolume>($"error parsing volume id: {GoText.Quote(source.VolumeHandle)}, should at least contain two #");
            }

            share = share with
            {
                ShareName = share.ShareName.Length == 0 ? parts[2] : share.ShareName,
                SecretName = share.SecretName.Length == 0 ? $"{SecretPrefix}{parts[1]}{SecretSuffix}" : share.SecretName,
            };
            annotations = parts[0].Length > 0 ? annotations.With(ResourceGroupAnnotation, parts[0]) : annotations;
        }

        return CSITranslation.Of(volume with
        {
            Metadata = volume.Metadata with { Annotations = annotations },
            Spec = volume.Spec with { Csi = null, AzureFile = share with { SecretNamespace = share.SecretNamespace ?? DefaultNamespace } },
        });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var share = volume.AzureFile!;
        var secretNamespace = podNamespace.Length > 0 ? podNamespace : DefaultNamespace;
        var handle = Handle("", share.SecretName, share.ShareName, volume.Name, secretNamespace);
        return InlineVolume(handle, Source(handle, share.SecretName, share.ShareName, secretNamespace, share.ReadOnly), AccessModes.ReadWriteMany);
    }

    private static string Handle(string resourceGroup, string secretName, string shareName, string volumeName, string secretNamespace) =>
        $"{resourceGroup}#{Account(secretName)}#{shareName}#{volumeName}#{secretNamespace}";

    /// <summary>The storage account that the name of a secret holds, else that name.</summary>
    private static string Account(string secretName)
    {
        var start = secretName.IndexOf(SecretPrefix, StringComparison.Ordinal) + SecretPrefix.Length;
        var end = secretName.LastIndexOf(SecretSuffix, StringComparison.Ordinal);
        return start >= SecretPrefix.Length && end > start ? secretName[start..end] : secretName;
    }

    private CSIPersistentVolumeSource Source(string handle, string secretName, string shareName, string secretNamespace, bool readOnly) => new()
    {
        Driver = DriverName,
        VolumeHandle = handle,
        ReadOnly = readOnly,
        VolumeAttributes = StringMap.Of((ShareName, shareName)),
        NodeStageSecretRef = new() { Name = secretName, Namespace = secretNamespace },
    };
}
