using System.Collections.Immutable;

namespace K124.Sim.ControlPlane;

/// <summary>What a deletion does, whoever asks for it: the grace of pods, and the finalizers that dependents call for.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/registry/rest and registry/generic/registry.</remarks>
internal static class DeletionRules
{
    public const string Orphan = "orphan";
    public const string Foreground = "foregroundDeletion";
    private const long DefaultGraceSeconds = 30;

    /// <summary>Seconds that a pod has from its deletion on.</summary>
    /// <param name="nodeName">Its node; empty if it has none.</param>
    /// <param name="phase">Its phase.</param>
    /// <param name="own">The grace that it gives itself; null if it gives none.</param>
    /// <param name="asked">The grace that the deletion asks for; null if it asks for none.</param>
    public static long GraceOfPod(string nodeName, string phase, long? own, long? asked)
    {
        if (nodeName.Length == 0 || phase is "Succeeded" or "Failed")
        {
            return 0;
        }

        var grace = asked ?? own ?? DefaultGraceSeconds;
        return grace < 0 ? 1 : grace;
    }

    /// <summary>The finalizers that an object has after a deletion was asked for.</summary>
    /// <param name="given">Those that it has.</param>
    /// <param name="propagation">What becomes of dependents; empty if the kind decides.</param>
    /// <param name="orphansByDefault">What the kind decides.</param>
    /// <param name="isCollected">Whether objects of the kind can have dependents.</param>
    public static ImmutableArray<string> Finalizers(IReadOnlyList<string> given, string propagation, bool orphansByDefault, bool isCollected)
    {
        var added = propagation switch
        {
            "Orphan" when isCollected => Orphan,
            "Foreground" when isCollected => Foreground,
            "" when given.Contains(Orphan) || given.Contains(Foreground) => null,
            "" when orphansByDefault => Orphan,
            _ => "",
        };
        return added is null ? [.. given]
            : [.. given.Where(static finalizer => finalizer is not (Orphan or Foreground)), .. added.Length == 0 ? ReadOnlySpan<string>.Empty : [added]];
    }

    /// <summary>What is wrong with what a deletion supposes about an object; null if nothing is.</summary>
    public static string? PreconditionProblem(string? wantedUid, string uid, string? wantedVersion, string version) =>
        wantedUid is { Length: > 0 } && wantedUid != uid
            ? $"the UID in the precondition ({wantedUid}) does not match the UID in record ({uid}). The object might have been deleted and then recreated"
        : wantedVersion is { Length: > 0 } && wantedVersion != version
            ? $"the ResourceVersion in the precondition ({wantedVersion}) does not match the ResourceVersion in record ({version}). The object might have been modified"
        : null;
}
