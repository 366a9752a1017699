using System.Collections.Immutable;

namespace K124.Sim.Storage.Binding;

/// <summary>Why a node does not suit the claims of a pod.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/volumebinding (ConflictReason); bits in the order of the reasons.</remarks>
[Flags]
internal enum VolumeConflicts : byte
{
    None = 0,
    NodeAffinity = 1,
    NoVolume = 2,
    NotEnoughSpace = 4,
    VolumeMissing = 8,

    /// <summary>Nothing can be decided.</summary>
    Error = 16,
}

internal static class VolumeConflictReasons
{
    private static readonly ImmutableArray<string> Texts =
    [
        "node(s) had volume node affinity conflict",
        "node(s) didn't find available persistent volumes to bind",
        "node(s) did not have enough free storage",
        "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)",
    ];

    public static ImmutableArray<string> Reasons(this VolumeConflicts conflicts) =>
        [.. Texts.Where((_, bit) => ((int)conflicts & (1 << bit)) != 0)];
}
