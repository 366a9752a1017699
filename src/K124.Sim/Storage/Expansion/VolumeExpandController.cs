using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Expansion;

/// <summary>The expand controller: makes the devices of grown claims larger, as Kubernetes 1.24 does.</summary>
/// <remarks>A sync is a function of its arguments. For a CSI volume, a plugin given here plays the external resizer; without one the claim is left
/// to it. Kubernetes 1.24 pkg/controller/volume/expand, pkg/volume/util/operationexecutor, KEP-284, KEP-1790.</remarks>
public sealed class VolumeExpandController
{
    private readonly ImmutableArray<IExpandableVolumePlugin> _plugins;
    private readonly CSIMigration _migration;
    private readonly bool _canRecover;

    /// <summary>Makes a controller.</summary>
    /// <param name="plugins">The plugins that can expand volumes.</param>
    /// <param name="profile">Feature gates; null for the defaults of 1.24.</param>
    public VolumeExpandController(ImmutableArray<IExpandableVolumePlugin> plugins, ClusterProfile? profile = null)
    {
        _plugins = plugins.IsDefault ? [] : plugins;
        _migration = new(profile);
        _canRecover = (profile ?? ClusterProfile.Default).IsEnabled(StorageGates.RecoverVolumeExpansionFailure);
    }

    /// <summary>Whether a claim is queued for a sync as it is added or changes.</summary>
    /// <param name="before">The claim before the change; null if it was added.</param>
    /// <param name="claim">The claim.</param>
    /// <returns>True if it is bound and new, or what it asks for or what it has has grown.</returns>
    public static bool IsQueued(PersistentVolumeClaim? before, PersistentVolumeClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Status.Phase == ClaimPhases.Bound
            && (before is null
                || claim.Spec.Resources.Requests.Storage() > before.Spec.Resources.Requests.Storage()
                || claim.Status.Capacity.Storage() > before.Status.Capacity.Storage());
    }

    /// <summary>Looks at one claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="volume">The volume that it names; null if there is none.</param>
    /// <param name="now">The time, for conditions.</param>
    /// <returns>What was done.</returns>
    public VolumeExpansionResult Sync(PersistentVolumeClaim claim, PersistentVolume? volume, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (volume is null)
        {
            return new()
            {
                Claim = claim,
                Volume = null,
                Events = [],
                ExpandCalled = false,
                Error = $"failed to get PV {GoText.Quote(claim.Spec.VolumeName)}: persistentvolume {GoText.Quote(claim.Spec.VolumeName)} not found",
            };
        }

        var expansion = new VolumeExpansion(claim, volume, now);
        return expansion.Finish(Sync(expansion));
    }

    private string? Sync(VolumeExpansion expansion)
    {
        var (claim, volume) = (expansion.Claim, expansion.Volume);
        if (volume.Spec.ClaimRef is not { } reference || reference.Namespace != claim.Metadata.Namespace || reference.Uid != claim.Metadata.Uid)
        {
            return $"persistent Volume is not bound to PVC being updated : {ObjectKey.Of(claim)}";
        }

        var isMarked = volume.Metadata.Annotations.ContainsKey(StorageAnnotations.PreResizeCapacity);
        if (expansion.Request <= expansion.ClaimSize && !isMarked)
        {
            return null;
        }

        if (CSITranslator.InTreePluginName(volume) is { } pluginName && _migration.IsEnabledForPlugin(pluginName))
        {
            expansion.LeaveToResizer(pluginName);
            return null;
        }

        if (_plugins.FirstOrDefault(candidate => candidate.Supports(volume)) is not { } plugin)
        {
            expansion.LeaveToWhoeverCan();
            return null;
        }

        if (isMarked && expansion.ClaimSize >= expansion.Request && expansion.ClaimSize >= expansion.VolumeSize)
        {
            expansion.RemoveMark();
            return null;
        }

        return _canRecover ? ExpandAndRecover(expansion, plugin) : Expand(expansion, plugin);
    }

    private static string? Expand(VolumeExpansion expansion, IExpandableVolumePlugin plugin)
    {
        expansion.Start(plugin.Name);
        var size = expansion.Request;
        if (expansion.VolumeSize < size)
        {
            var error = expansion.ExpandDevice(plugin, size, out size);
            if (error is not null)
            {
                return expansion.Fail($"error expanding volume {GoText.Quote(expansion.ClaimName)} of plugin {GoText.Quote(plugin.Name)}: {error}");
            }
        }

        if (expansion.NeedsNode(plugin))
        {
            expansion.WaitForNode();
        }
        else
        {
            expansion.Complete(size);
        }

        return null;
    }

    private static string? ExpandAndRecover(VolumeExpansion expansion, IExpandableVolumePlugin plugin)
    {
        var status = expansion.Claim.Status.ResizeStatus ?? ResizeStatuses.None;
        if (expansion.VolumeSize >= expansion.Request)
        {
            switch (status)
            {
                case ResizeStatuses.NodeExpansionPending:
                    return null;
                case ResizeStatuses.NodeExpansionFailed:
                    expansion.WaitForNode();
                    expansion.SetStatus(ResizeStatuses.NodeExpansionPending);
                    return null;
            }
        }

        // What was begun is resumed where it is unsafe to begin anew: see KEP-1790.
        var resumes = expansion.VolumeSize < expansion.Request ? status == ResizeStatuses.NodeExpansionFailed : status == ResizeStatuses.None;
        var newSize = resumes ? expansion.AllocatedSize ?? expansion.Request : expansion.Request;
        expansion.Start(plugin.Name);
        expansion.SetStatus(ResizeStatuses.ControllerExpansionInProgress);
        expansion.Allocate(newSize);
        if (expansion.ExpandDevice(plugin, newSize, out var size) is { } error)
        {
            return expansion.Fail($"error expanding pvc {expansion.ClaimName}: {error}");
        }

        if (expansion.NeedsNode(plugin))
        {
            expansion.WaitForNode();
            expansion.SetStatus(ResizeStatuses.NodeExpansionPending);
        }
        else
        {
            expansion.Complete(size);
            expansion.SetStatus(ResizeStatuses.None);
        }

        return null;
    }
}
