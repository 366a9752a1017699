using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods to nodes in the zones and regions that their bound volumes are labelled with.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/volumezone.</remarks>
internal sealed class VolumeZone(NodeTable nodes, VolumeState volumes, int index) : IFilterPlugin
{
    private const string Separator = "__";

    private static readonly PluginStatus Conflict =
        new(nameof(VolumeZone), StatusCode.UnschedulableAndUnresolvable, "node(s) had no available volume zone");

    public string Name => nameof(VolumeZone);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public PluginReads ReadsFor(PodClass pod) => pod.Volumes?.IsShared == false ? PluginReads.Anything : PluginReads.NodePods;

    public RowFilter? RowFilterFor(PodClass pod) => pod.Volumes is null ? null : new AnyRowFilter(this, pod);

    public bool IsActive(PodClass pod) => pod.Volumes is { HasClaims: true } && RulesOf(pod).Length > 0;

    public PluginStatus? Filter(PodClass pod, int row)
    {
        if (!IsActive(pod))
        {
            return null;
        }

        var labels = nodes.Nodes[row].Metadata.Labels;
        if (!HasZone(labels))
        {
            return null;
        }

        foreach (var rule in RulesOf(pod))
        {
            if (rule.Objection is not null || !IsIn(rule, labels))
            {
                return rule.Objection ?? Conflict;
            }
        }

        return null;
    }

    private ZoneRule[] RulesOf(PodClass pod)
    {
        // Unbound claims of a shared shape wait for a node, which this plugin leaves alone; and what bound ones ask for does not change.
        var epoch = pod.Volumes!.IsShared ? 0 : volumes.Epoch;
        if (pod.PluginData[index] is not Memo memo || memo.Epoch != epoch)
        {
            var rules = pod.Volumes.IsShared
                ? pod.Volumes.Bound.ToArray().SelectMany(static bound => RulesOf(bound.Terms.Zones))
                : pod.Volumes.Volumes.ToArray().SelectMany(volume => RulesOf(pod.Sample, volume));
            pod.PluginData[index] = memo = new(epoch, [.. rules]);
        }

        return memo.Rules;
    }

    private IEnumerable<ZoneRule> RulesOf(Pod pod, Volume volume) =>
        volume.PersistentVolumeClaim is { } source ? RulesOf(new ObjectKey(pod.Metadata.Namespace, source.ClaimName)) : [];

    private IEnumerable<ZoneRule> RulesOf(ObjectKey key)
    {
        if (volumes.Binder.ApiClaim(key) is not { } claim)
        {
            return [new(Objection($"persistentvolumeclaim \"{key.Name}\" not found"))];
        }

        if (claim.Spec.VolumeName.Length == 0)
        {
            return CheckUnbound(claim) is { } objection ? [new(objection)] : [];
        }

        return volumes.Binder.ApiVolume(claim.Spec.VolumeName) is { } volume
            ? RulesOf(volume.Metadata.Labels)
            : [new(Objection($"persistentvolume \"{claim.Spec.VolumeName}\" not found"))];
    }

    /// <summary>The zones that a volume is labelled with; a label with an empty part is passed over.</summary>
    private static IEnumerable<ZoneRule> RulesOf(StringMap<string> labels) =>
        from key in ZoneLabels.Keys
        where labels.ContainsKey(key)
        let zones = labels[key].Split(Separator, StringSplitOptions.TrimEntries)
        where !zones.Contains("", StringComparer.Ordinal)
        select new ZoneRule(null) { Key = key, Zones = zones };

    private PluginStatus? CheckUnbound(PersistentVolumeClaim claim)
    {
        var className = Claims.ClassOf(claim);
        if (className.Length == 0)
        {
            return Objection("PersistentVolumeClaim had no pv name and storageClass name");
        }

        if (volumes.Binder.FindClass(className) is not { } storageClass)
        {
            return Objection($"storageclass.storage.k8s.io \"{className}\" not found");
        }

        return storageClass.VolumeBindingMode switch
        {
            null => Objection($"VolumeBindingMode not set for StorageClass \"{className}\""),
            Claims.WaitForFirstConsumer => null,
            _ => Objection("PersistentVolume had no name"),
        };
    }

    private PluginStatus Objection(string reason) => new(Name, StatusCode.UnschedulableAndUnresolvable, reason);

    private static bool HasZone(StringMap<string> labels)
    {
        foreach (var key in ZoneLabels.Keys)
        {
            if (labels.ContainsKey(key))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(ZoneRule rule, StringMap<string> labels) =>
        Array.IndexOf(rule.Zones, labels.TryGetValue(rule.Key, out var zone) ? zone : "") >= 0;

    /// <summary>What the plugin keeps for a class until anything of claims and volumes changes.</summary>
    private sealed record Memo(int Epoch, ZoneRule[] Rules);

    /// <summary>What one claim, or one label of its volume, asks of a node that is in some zone: an objection to any, or to be in one of the zones.</summary>
    private readonly record struct ZoneRule(PluginStatus? Objection)
    {
        public string Key { get; init; } = "";

        public string[] Zones { get; init; } = [];
    }
}
