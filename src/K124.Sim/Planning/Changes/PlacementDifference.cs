using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Planning.Changes;

/// <summary>What tells two placements apart, pod by pod.</summary>
public sealed record PlacementDifference
{
    /// <summary>The pods that differ, by namespace and name.</summary>
    public required ImmutableArray<PodChange> Changes { get; init; }

    /// <summary>Pods that are the same in both.</summary>
    public required int Same { get; init; }

    /// <summary>Pods with a node in the first.</summary>
    public required int PlacedBefore { get; init; }

    /// <summary>Pods with a node in the second.</summary>
    public required int PlacedAfter { get; init; }

    /// <summary>Pods without one in the first.</summary>
    public required int PendingBefore { get; init; }

    /// <summary>Pods without one in the second.</summary>
    public required int PendingAfter { get; init; }

    /// <summary>Compares two placements.</summary>
    /// <param name="before">The first.</param>
    /// <param name="after">The second.</param>
    /// <returns>What differs; equal placements differ in nothing, and the other way round what came has gone.</returns>
    public static PlacementDifference Between(IEnumerable<PlacedPod> before, IEnumerable<PlacedPod> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var then = ByKey(before);
        var now = ByKey(after);
        var changes = ImmutableArray.CreateBuilder<PodChange>();
        foreach (var key in then.Keys.Union(now.Keys).Order())
        {
            var (old, young) = (then.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (KindOf(old, young) is { } kind)
            {
                changes.Add(new(key, kind, old?.NodeName, young?.NodeName, (young ?? old)!.Message));
            }
        }

        return new()
        {
            Changes = changes.ToImmutable(),
            Same = then.Keys.Union(now.Keys).Count() - changes.Count,
            PlacedBefore = then.Values.Count(static pod => pod.NodeName is not null),
            PlacedAfter = now.Values.Count(static pod => pod.NodeName is not null),
            PendingBefore = then.Values.Count(static pod => pod.NodeName is null),
            PendingAfter = now.Values.Count(static pod => pod.NodeName is null),
        };
    }

    private static Dictionary<ObjectKey, PlacedPod> ByKey(IEnumerable<PlacedPod> pods)
    {
        var byKey = new Dictionary<ObjectKey, PlacedPod>();
        foreach (var pod in pods)
        {
            byKey[pod.Pod] = pod;
        }

        return byKey;
    }

    private static PodChangeKind? KindOf(PlacedPod? before, PlacedPod? after) => (before, after) switch
    {
        (null, _) => PodChangeKind.Added,
        (_, null) => PodChangeKind.Gone,
        ({ NodeName: null }, { NodeName: null }) => null,
        ({ NodeName: null }, _) => PodChangeKind.NowPlaced,
        (_, { NodeName: null }) => PodChangeKind.NowPending,
        _ => before.NodeName == after.NodeName ? null : PodChangeKind.Moved,
    };
}

/// <summary>A pod and its node.</summary>
/// <param name="Pod">Namespace and name.</param>
/// <param name="NodeName">The node; null if it has none.</param>
/// <param name="Message">Why it has none; empty if it has.</param>
public sealed record PlacedPod(ObjectKey Pod, string? NodeName, string Message = "");

/// <summary>A pod that differs between two placements.</summary>
/// <param name="Pod">Namespace and name.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Before">Its node in the first; null for none.</param>
/// <param name="After">Its node in the second; null for none.</param>
/// <param name="Message">Why it has none in the second; empty otherwise.</param>
public sealed record PodChange(ObjectKey Pod, PodChangeKind Kind, string? Before, string? After, string Message);

/// <summary>How a pod differs between two placements.</summary>
public enum PodChangeKind
{
    /// <summary>It is on another node.</summary>
    Moved,

    /// <summary>It has no node any more.</summary>
    NowPending,

    /// <summary>It has a node now.</summary>
    NowPlaced,

    /// <summary>It is in the second alone.</summary>
    Added,

    /// <summary>It is in the first alone.</summary>
    Gone,
}
