using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Counts AWS EBS volumes: 39 a node, 25 on instances of the Nitro types.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodevolumelimits.</remarks>
internal sealed class EBSLimits(NodeTable nodes, VolumeState volumes, int? maxVolumes, int index)
    : InTreeVolumeLimits(nameof(EBSLimits), nodes, volumes, maxVolumes, InTreePluginNames.AWSEBS, "attachable-volumes-aws-ebs", index)
{
    private const int Limit = 39;
    private const int NitroLimit = 25;

    protected override int DefaultLimit(Node node)
    {
        var labels = node.Metadata.Labels;
        return (labels.TryGetValue("beta.kubernetes.io/instance-type", out var type) || labels.TryGetValue("node.kubernetes.io/instance-type", out type))
            && IsNitro(type)
            ? NitroLimit
            : Limit;
    }

    protected override string? IdOf(Volume volume) => volume.AwsElasticBlockStore?.VolumeID;

    protected override string? IdOf(PersistentVolumeSpec volume) => volume.AwsElasticBlockStore?.VolumeID;

    // 1.24's pattern is ^[cmr]5.*|t3|z1d, whose anchor binds to the first alternative alone.
    private static bool IsNitro(string type) =>
        type is ['c' or 'm' or 'r', '5', ..] || type.Contains("t3", StringComparison.Ordinal) || type.Contains("z1d", StringComparison.Ordinal);
}
