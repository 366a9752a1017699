using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

/// <summary>The claims of a pod with what is the same for every node, worked out once for an attempt.</summary>
internal sealed class ClaimSet(BoundVolume[] bound, PendingClaim[] pending)
{
    public static ClaimSet None { get; } = new([], []);

    /// <summary>Claims that nothing is known of but what they ask for.</summary>
    public static ClaimSet Of(ReadOnlySpan<ClaimRequest> requests)
    {
        var pending = new PendingClaim[requests.Length];
        for (var i = 0; i < pending.Length; i++)
        {
            pending[i] = new(requests[i].Nameless, requests[i], null, []);
        }

        return new([], pending);
    }

    /// <summary>Volumes of bound claims, in the order of the claims.</summary>
    public BoundVolume[] Bound { get; } = bound;

    /// <summary>Claims to bind, in the order of the pod's volumes.</summary>
    public PendingClaim[] Pending { get; } = pending;

    /// <summary>Claims to bind, smallest request first; the order is kept among equals.</summary>
    public PendingClaim[] BySize { get; } = [.. pending.OrderBy(static claim => claim.Request.Storage)];
}

/// <summary>A claim that waits for a node.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Request">What it asks for.</param>
/// <param name="SelectedNode">The node that it is to be provisioned for; null if none was chosen.</param>
/// <param name="Reserved">Volumes that name the claim, by name; usually none.</param>
internal sealed record PendingClaim(PersistentVolumeClaim Claim, ClaimRequest Request, string? SelectedNode, IReadOnlyList<PersistentVolume> Reserved);

/// <summary>The volume of a bound claim.</summary>
/// <param name="claim">The claim.</param>
/// <param name="volume">The volume; null if it is not there.</param>
/// <param name="pluginName">In-tree plugin of its source; null if it is of none that can be migrated.</param>
internal sealed class BoundVolume(PersistentVolumeClaim claim, PersistentVolume? volume, string? pluginName)
{
    private readonly NodeTopology _topology = volume is null ? NodeTopology.Nowhere : NodeTopology.Of(volume.Spec.NodeAffinity);
    private readonly Lazy<CSITranslation<PersistentVolume>>? _translation =
        pluginName is null ? null : new(() => CSITranslator.TranslateInTreePVToCSI(volume!), LazyThreadSafetyMode.None);

    private NodeTopology? _translatedTopology;

    public PersistentVolumeClaim Claim { get; } = claim;

    public PersistentVolume? Volume { get; } = volume;

    /// <summary>Whether the volume is of an in-tree plugin, which nodes may have migrated.</summary>
    public bool IsOfInTreePlugin => pluginName is not null;

    /// <summary>Whether the volume is of an in-tree plugin and its CSI form cannot be told.</summary>
    public bool CannotBeTranslated => _translation?.Value.Error is not null;

    /// <summary>Whether the volume is reached from a node with the given labels.</summary>
    /// <param name="migration">Rules of migration.</param>
    /// <param name="csiNode">The node's CSINode; null if it has none.</param>
    /// <param name="labels">Labels of the node.</param>
    /// <param name="error">Why its CSI form, which counts on this node, cannot be told.</param>
    public bool IsReached(CSIMigration migration, CSINode? csiNode, StringMap<string> labels, out string? error)
    {
        error = null;
        if (pluginName is null || !migration.IsOnForVolumeAffinity(pluginName, csiNode))
        {
            return _topology.Matches(labels);
        }

        error = _translation!.Value.Error is { } reason ? $"could not translate pv: {reason}" : null;
        return error is null && (_translatedTopology ??= NodeTopology.Of(_translation.Value.Value!.Spec.NodeAffinity)).Matches(labels);
    }
}
