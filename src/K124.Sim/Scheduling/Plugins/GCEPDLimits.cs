using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Counts GCE persistent disks: 16 a node.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodevolumelimits.</remarks>
internal sealed class GCEPDLimits(NodeTable nodes, VolumeState volumes, int? maxVolumes, int index)
    : InTreeVolumeLimits(nameof(GCEPDLimits), nodes, volumes, maxVolumes, InTreePluginNames.GCEPD, "attachable-volumes-gce-pd", index)
{
    private const int Limit = 16;

    protected override int DefaultLimit(Node node) => Limit;

    protected override string? IdOf(Volume volume) => volume.GcePersistentDisk?.PdName;

    protected override string? IdOf(PersistentVolumeSpec volume) => volume.GcePersistentDisk?.PdName;
}
