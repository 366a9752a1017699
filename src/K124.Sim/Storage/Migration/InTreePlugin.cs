using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Migration;

/// <summary>How the objects of one in-tree plugin are written for its CSI driver, and back.</summary>
internal abstract class InTreePlugin(string name, string driverName)
{
    protected const string PartitionKey = "partition";

    public string Name => name;

    public string DriverName => driverName;

    public abstract bool Supports(PersistentVolumeSpec spec);

    public abstract bool Supports(Volume volume);

    public abstract CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume);

    public abstract CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source);

    public abstract CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace);

    public virtual CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass) => CSITranslation.Of(storageClass);

    public virtual CSITranslation<string> RepairVolumeHandle(string volumeHandle, string nodeID) => CSITranslation.Of(volumeHandle);

    /// <summary>The volume that stands for an inline one.</summary>
    protected static CSITranslation<PersistentVolume> InlineVolume(string name, CSIPersistentVolumeSource source, string accessMode) =>
        CSITranslation.Of(new PersistentVolume
        {
            Metadata = new() { Name = name },
            Spec = new() { Csi = source, AccessModes = [accessMode], VolumeMode = VolumeModes.Filesystem },
        });

    protected static string AccessModeOf(bool readOnly) => readOnly ? AccessModes.ReadOnlyMany : AccessModes.ReadWriteOnce;

    /// <summary>Reads a partition number as it stands in volume attributes; none or an empty one is 0.</summary>
    /// <returns>The partition, or what could not be done.</returns>
    protected static (int Partition, string? Problem) ReadPartition(CSIPersistentVolumeSource source)
    {
        if (!source.VolumeAttributes.TryGetValue(PartitionKey, out var text) || text.Length == 0)
        {
            return (0, null);
        }

        // 1.24 narrows the number to 32 bits without a check.
        return GoInteger.TryParse(text, out var number, out var error)
            ? (unchecked((int)number), null)
            : (0, $"convert partition {text} to integer: {error}");
    }
}
