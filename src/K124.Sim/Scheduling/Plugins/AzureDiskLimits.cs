using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Counts Azure disks: 16 a node.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodevolumelimits.</remarks>
internal sealed class AzureDiskLimits(NodeTable nodes, VolumeState volumes, int? maxVolumes, int index)
    : InTreeVolumeLimits(nameof(AzureDiskLimits), nodes, volumes, maxVolumes, InTreePluginNames.AzureDisk, "attachable-volumes-azure-disk", index)
{
    private const int Limit = 16;

    protected override int DefaultLimit(Node node) => Limit;

    protected override string? IdOf(Volume volume) => volume.AzureDisk?.DiskName;

    protected override string? IdOf(PersistentVolumeSpec volume) => volume.AzureDisk?.DiskName;
}
