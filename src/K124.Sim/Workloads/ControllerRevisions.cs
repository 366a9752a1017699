using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>What StatefulSets and DaemonSets do alike with their revisions.</summary>
internal static class ControllerRevisions
{
    public const string HashLabel = "controller.kubernetes.io/hash";
    public const string PodLabel = "controller-revision-hash";

    private const int LongestPrefix = 223;

    /// <summary>The name of a StatefulSet's revision.</summary>
    public static string NameOf(string set, string hash) => $"{(set.Length > LongestPrefix ? set[..LongestPrefix] : set)}-{hash}";

    /// <summary>Older first: by revision, creation and name.</summary>
    public static ImmutableArray<ControllerRevision> Sort(IEnumerable<ControllerRevision> revisions) =>
    [
        .. revisions.OrderBy(static revision => revision.Revision)
            .ThenBy(static revision => revision.Metadata.CreationTimestamp)
            .ThenBy(static revision => revision.Metadata.Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether two revisions hold the same; their hashes are asked only if both are numbers.</summary>
    public static bool AreEqual(ControllerRevision a, ControllerRevision b)
    {
        var (left, right) = (NumericHash(a), NumericHash(b));
        return (left is null || right is null || left == right) && HaveSameData(a, b);
    }

    public static bool HaveSameData(ControllerRevision a, ControllerRevision b) => a.Data == b.Data;

    /// <summary>Deletes a revision.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    public static ApiStatus? Delete(ControllerRevision revision, IApiClient api)
    {
        var result = api.Delete<ControllerRevision>(ObjectKey.Of(revision));
        return result.Succeeded || result.Status.IsNotFound() ? null : result.Status;
    }

    private static uint? NumericHash(ControllerRevision revision) =>
        revision.Metadata.Labels.TryGetValue(HashLabel, out var text)
        && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hash) ? hash : null;
}
