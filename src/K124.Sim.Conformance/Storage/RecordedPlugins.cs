using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Expansion;

namespace K124.Sim.Conformance.Storage;

/// <summary>The two plugins that the recordings of volume expansion were made with.</summary>
internal static class RecordedPlugins
{
    private const long GiB = 1L << 30;

    /// <summary>Both plugins, failing as a case demands.</summary>
    public static ImmutableArray<IExpandableVolumePlugin> All(string? expandError, string? nodeExpandError) =>
    [
        new Plugin("kubernetes.io/rbd", true, static volume => volume.Spec.Rbd is not null, expandError, nodeExpandError),
        new Plugin("kubernetes.io/glusterfs", false, static volume => volume.Spec.Glusterfs is not null, expandError, nodeExpandError),
    ];

    private sealed record Plugin(
        string Name, bool RequiresFSResize, Predicate<PersistentVolume> IsOwn, string? ExpandError, string? NodeError) : IExpandableVolumePlugin
    {
        public bool Supports(PersistentVolume volume) => IsOwn(volume);

        public VolumeDeviceExpansion ExpandVolumeDevice(PersistentVolume volume, Quantity newSize, Quantity oldSize) =>
            new(Quantity.FromUnits((newSize.Value() + GiB - 1) / GiB * GiB, QuantityFormat.BinarySI), ExpandError);

        public NodeExpandError? NodeExpand(PersistentVolume volume, Quantity newSize, Quantity oldSize) => NodeError switch
        {
            null => null,
            "FailedPrecondition" => new(NodeExpandErrorKind.FailedPrecondition, "in use"),
            "Uncertain" => new(NodeExpandErrorKind.Uncertain, "timed out"),
            var message => new(NodeExpandErrorKind.Final, message),
        };
    }
}
