using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Expansion;

/// <summary>One expansion on its way through the controller: the objects as written so far.</summary>
internal sealed class VolumeExpansion(PersistentVolumeClaim claim, PersistentVolume volume, DateTimeOffset now)
{
    private const string ExternalExpanding = nameof(ExternalExpanding);

    private readonly List<VolumeEvent> _events = [];
    private bool _expandCalled;

    public PersistentVolumeClaim Claim { get; private set; } = claim;

    public PersistentVolume Volume { get; private set; } = volume;

    public string ClaimName => ObjectKey.Of(Claim).ToString();

    /// <summary>The size that the claim asks for.</summary>
    public Quantity Request => Claim.Spec.Resources.Requests.Storage();

    /// <summary>The size that the claim has.</summary>
    public Quantity ClaimSize => Claim.Status.Capacity.Storage();

    /// <summary>The size of the device.</summary>
    public Quantity VolumeSize => Volume.Spec.Capacity.Storage();

    /// <summary>The size that an earlier attempt set out for; null if none is on record.</summary>
    public Quantity? AllocatedSize => Claim.Status.AllocatedResources.TryGetValue(Claims.StorageResource, out var size) ? size : null;

    /// <summary>Whether the node has a part in the expansion.</summary>
    public bool NeedsNode(IExpandableVolumePlugin plugin) => plugin.RequiresFSResize && Volume.Spec.VolumeMode != VolumeModes.Block;

    public void LeaveToResizer(string pluginName)
    {
        _events.Add(VolumeEvent.Normal(Claim, ExternalExpanding, $"CSI migration enabled for {pluginName}; waiting for external resizer to expand the pvc"));
        Claim = Claim.WithAnnotation(StorageAnnotations.StorageResizer, CSITranslator.CSIDriverName(pluginName)!);
    }

    public void LeaveToWhoeverCan() => _events.Add(VolumeEvent.Warning(
        Claim,
        ExternalExpanding,
        "Ignoring the PVC: didn't find a plugin capable of expanding the volume; waiting for an external controller to process this PVC."));

    public void RemoveMark() => Volume = Volume.WithoutAnnotation(StorageAnnotations.PreResizeCapacity);

    public void Start(string resizer) => Claim = Claim.MarkResizing(now).WithAnnotation(StorageAnnotations.StorageResizer, resizer);

    public void SetStatus(string resizeStatus) => Claim = Claim.WithResizeStatus(resizeStatus);

    public void Allocate(Quantity size) => Claim = Claim with
    {
        Status = Claim.Status with { AllocatedResources = Claim.Status.AllocatedResources.With(Claims.StorageResource, size) },
    };

    /// <summary>Makes the device larger and writes its size into the volume.</summary>
    /// <returns>Why that failed; null if it did not.</returns>
    public string? ExpandDevice(IExpandableVolumePlugin plugin, Quantity newSize, out Quantity size)
    {
        _expandCalled = true;
        (size, var error) = plugin.ExpandVolumeDevice(Volume, newSize, ClaimSize);
        if (error is null)
        {
            Volume = Volume with { Spec = Volume.Spec with { Capacity = Volume.Spec.Capacity.With(Claims.StorageResource, size) } };
        }

        return error;
    }

    /// <summary>Leaves the rest to the node. The size until now stays on record until the node is done.</summary>
    public void WaitForNode()
    {
        Claim = Claim.MarkFileSystemPending(now);
        if (!Volume.Metadata.Annotations.ContainsKey(StorageAnnotations.PreResizeCapacity))
        {
            Volume = Volume.WithAnnotation(StorageAnnotations.PreResizeCapacity, ClaimSize.ToString());
        }
    }

    public void Complete(Quantity size)
    {
        Claim = Claim.MarkFinished(size);
        _events.Add(VolumeEvent.Normal(Claim, "VolumeResizeSuccessful", $"ExpandVolume succeeded for volume {ClaimName}"));
    }

    public string Fail(string error)
    {
        _events.Add(VolumeEvent.Warning(Claim, "VolumeResizeFailed", error));
        return error;
    }

    public VolumeExpansionResult Finish(string? error) =>
        new() { Claim = Claim, Volume = Volume, Events = [.. _events], ExpandCalled = _expandCalled, Error = error };
}
