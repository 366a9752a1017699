using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Counts OpenStack Cinder volumes: 256 a node.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodevolumelimits. Not part of the default profile.</remarks>
internal sealed class CinderLimits(NodeTable nodes, VolumeState volumes, int? maxVolumes, int index)
    : InTreeVolumeLimits(nameof(CinderLimits), nodes, volumes, maxVolumes, InTreePluginNames.Cinder, "attachable-volumes-cinder", index)
{
    private const int Limit = 256;

    protected override int DefaultLimit(Node node) => Limit;

    protected override string? IdOf(Volume volume) => volume.Cinder?.VolumeID;

    protected override string? IdOf(PersistentVolumeSpec volume) => volume.Cinder?.VolumeID;
}
