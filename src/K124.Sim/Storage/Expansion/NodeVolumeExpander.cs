using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Expansion;

/// <summary>The node's part in an expansion: makes file systems larger at mount and while mounted, as Kubernetes 1.24 does.</summary>
/// <remarks>A call is a function of its arguments. Kubernetes 1.24 pkg/volume/util/operationexecutor (node_expander), pkg/kubelet/volumemanager,
/// KEP-284, KEP-531, KEP-1790.</remarks>
public sealed class NodeVolumeExpander
{
    private readonly string _nodeName;
    private readonly ImmutableArray<IExpandableVolumePlugin> _plugins;
    private readonly bool _canRecover;

    /// <summary>Makes the expander of a node.</summary>
    /// <param name="nodeName">Name of the node, for events.</param>
    /// <param name="plugins">The plugins that can expand volumes.</param>
    /// <param name="profile">Feature gates; null for the defaults of 1.24.</param>
    public NodeVolumeExpander(string nodeName, ImmutableArray<IExpandableVolumePlugin> plugins, ClusterProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(nodeName);
        _nodeName = nodeName;
        _plugins = plugins.IsDefault ? [] : plugins;
        _canRecover = (profile ?? ClusterProfile.Default).IsEnabled(StorageGates.RecoverVolumeExpansionFailure);
    }

    /// <summary>Expands a volume before a pod starts that uses it, if the claim is behind.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="volume">Its volume.</param>
    /// <param name="readOnly">Whether the volume is mounted read-only.</param>
    /// <returns>What was done.</returns>
    public NodeExpansionResult ExpandAtMount(ObjectKey pod, PersistentVolumeClaim claim, PersistentVolume volume, bool readOnly)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(volume);
        if (FindPlugin(volume) is not { } plugin)
        {
            return Result(claim, done: true);
        }

        // Unlike online, a read-only mount is complained of even if there is nothing to expand.
        return readOnly ? RefusedReadOnly(pod, claim, volume)
            : volume.Spec.Capacity.Storage() > claim.Status.Capacity.Storage() ? Expand(plugin, pod, claim, volume, claim.Status.Capacity.Storage())
            : Result(claim, done: true);
    }

    /// <summary>Expands a mounted volume, if it has grown since the node last looked.</summary>
    /// <param name="pod">The pod that uses it.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="volume">Its volume.</param>
    /// <param name="recordedSize">Size in bytes that the node last recorded: at first that of the claim, then that of the last expansion.</param>
    /// <param name="isInUseMarked">Whether an earlier expansion has marked the volume (<see cref="NodeExpansionResult.InUseMarked"/>).</param>
    /// <param name="readOnly">Whether the volume is mounted read-only.</param>
    /// <returns>What was done.</returns>
    public NodeExpansionResult ExpandOnline(
        ObjectKey pod, PersistentVolumeClaim claim, PersistentVolume volume, Quantity recordedSize, bool isInUseMarked, bool readOnly)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(volume);
        if (isInUseMarked)
        {
            return Result(claim, done: true) with { InUseMarked = true };
        }

        if (volume.Spec.Capacity.Storage() <= recordedSize || FindPlugin(volume) is not { } plugin)
        {
            return Result(claim, done: true);
        }

        return readOnly ? RefusedReadOnly(pod, claim, volume) : Expand(plugin, pod, claim, volume, recordedSize);
    }

    /// <summary>The plugin of a volume, if it has a part to play on the node.</summary>
    private IExpandableVolumePlugin? FindPlugin(PersistentVolume volume) =>
        _plugins.FirstOrDefault(candidate => candidate.Supports(volume)) is { RequiresFSResize: true } plugin ? plugin : null;

    private static NodeExpansionResult RefusedReadOnly(ObjectKey pod, PersistentVolumeClaim claim, PersistentVolume volume) => Result(claim, done: true) with
    {
        Events = OnBoth(pod, claim, "Warning", "FileSystemResizeFailed", Message("failed", volume, "requested read-only file system")),
    };

    private NodeExpansionResult Expand(
        IExpandableVolumePlugin plugin, ObjectKey pod, PersistentVolumeClaim claim, PersistentVolume volume, Quantity oldSize)
    {
        var newSize = volume.Spec.Capacity.Storage();
        var isUpdated = claim.Status.Capacity.Storage() >= newSize && (!_canRecover || string.IsNullOrEmpty(claim.Status.ResizeStatus));
        if (_canRecover && !MayProceed(claim, isUpdated))
        {
            return Result(claim, done: false);
        }

        if (_canRecover && !isUpdated)
        {
            claim = claim.WithResizeStatus(ResizeStatuses.NodeExpansionInProgress);
        }

        return plugin.NodeExpand(volume, newSize, oldSize) is { } error
            ? Failed(claim, error)
            : Result(Finished(claim, newSize, isUpdated), done: true) with
            {
                NodeExpandCalled = true,
                Events = OnBoth(pod, claim, "Normal", "FileSystemResizeSuccessful", Message("succeeded", volume, _nodeName)),
            };
    }

    private static bool MayProceed(PersistentVolumeClaim claim, bool isUpdated) =>
        isUpdated || claim.Status.ResizeStatus is null or ResizeStatuses.NodeExpansionPending or ResizeStatuses.NodeExpansionInProgress;

    private PersistentVolumeClaim Finished(PersistentVolumeClaim claim, Quantity newSize, bool isUpdated)
    {
        if (isUpdated)
        {
            return claim;
        }

        var finished = claim.MarkFinished(newSize);
        return _canRecover ? finished.WithResizeStatus(ResizeStatuses.None) : finished;
    }

    private NodeExpansionResult Failed(PersistentVolumeClaim claim, NodeExpandError error)
    {
        if (_canRecover && error.Kind != NodeExpandErrorKind.Uncertain)
        {
            claim = claim.WithResizeStatus(ResizeStatuses.NodeExpansionFailed);
        }

        // A volume in use is tried again elsewhere or later; without the gate nobody is to wait for that.
        var isInUse = error.Kind == NodeExpandErrorKind.FailedPrecondition;
        return Result(claim, done: isInUse && !_canRecover) with
        {
            NodeExpandCalled = true,
            InUseMarked = isInUse,
            Error = isInUse ? null : error.Message,
        };
    }

    private static NodeExpansionResult Result(PersistentVolumeClaim claim, bool done) =>
        new() { Claim = claim, Done = done, Events = [], Error = null, NodeExpandCalled = false, InUseMarked = false };

    private static ImmutableArray<VolumeEvent> OnBoth(ObjectKey pod, PersistentVolumeClaim claim, string type, string reason, string message) =>
        [new(nameof(Pod), pod, type, reason, message), new(claim.Kind, ObjectKey.Of(claim), type, reason, message)];

    private static string Message(string outcome, PersistentVolume volume, string suffix) =>
        $"MountVolume.NodeExpandVolume {outcome} for volume {GoText.Quote(volume.Metadata.Name)} {suffix}";
}
