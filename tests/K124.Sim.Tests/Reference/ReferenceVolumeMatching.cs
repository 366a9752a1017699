using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>The choice of a volume as the specification reads: one look at every volume.</summary>
internal static class ReferenceVolumeMatching
{
    private static readonly string[] KnownModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

    /// <summary>The volume that the PV controller takes: set of access modes by set, fewest modes first.</summary>
    public static PersistentVolume? FindByClaim(PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, bool delayBinding) => volumes
        .GroupBy(static volume => string.Join(',', KnownModes.Where(mode => volume.Spec.AccessModes.Contains(mode))))
        .Where(set => claim.Spec.AccessModes.All(mode => set.Key.Split(',').Contains(mode)))
        .OrderBy(static set => set.Key.Split(',', StringSplitOptions.RemoveEmptyEntries).Length)
        .ThenBy(static set => set.Key.Split(',', StringSplitOptions.RemoveEmptyEntries).Sum(static mode => 1 << Array.IndexOf(KnownModes, mode)))
        .Select(set => FindMatchingVolume(claim, set, nodeLabels: null, [], delayBinding))
        .FirstOrDefault(static volume => volume is not null);

    /// <summary>The volume out of an ordered list: of equal sizes the first.</summary>
    public static PersistentVolume? FindMatchingVolume(
        PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, StringMap<string>? nodeLabels, ImmutableHashSet<string> excluded, bool delayBinding)
    {
        var request = Storage(claim.Spec.Resources.Requests);
        PersistentVolume? smallest = null;
        foreach (var volume in volumes)
        {
            var boundTo = volume.Spec.ClaimRef is { } reference
                && reference.Name == claim.Metadata.Name
                && reference.Namespace == claim.Metadata.Namespace
                && (reference.Uid == "" || reference.Uid == claim.Metadata.Uid);
            var capacity = Storage(volume.Spec.Capacity);
            if (excluded.Contains(volume.Metadata.Name)
                || (volume.Spec.ClaimRef is not null && !boundTo)
                || capacity < request
                || (volume.Spec.VolumeMode ?? "Filesystem") != (claim.Spec.VolumeMode ?? "Filesystem")
                || volume.Metadata.DeletionTimestamp is not null)
            {
                continue;
            }

            var isReached = nodeLabels is null || IsReached(volume, nodeLabels);
            if (boundTo)
            {
                return isReached ? volume : null;
            }

            if ((nodeLabels is null && delayBinding)
                || volume.Status.Phase != "Available"
                || claim.Spec.Selector?.Matches(volume.Metadata.Labels) == false
                || Class(volume.Metadata, volume.Spec.StorageClassName) != Class(claim.Metadata, claim.Spec.StorageClassName)
                || !isReached
                || (nodeLabels is not null && !claim.Spec.AccessModes.All(mode => volume.Spec.AccessModes.Contains(mode))))
            {
                continue;
            }

            if (smallest is null || Storage(smallest.Spec.Capacity) > capacity)
            {
                smallest = volume;
            }
        }

        return smallest;
    }

    private static string Class(ObjectMeta metadata, string? field) =>
        metadata.Annotations.TryGetValue("volume.beta.kubernetes.io/storage-class", out var name) ? name : field ?? "";

    private static Quantity Storage(StringMap<Quantity> list) => list.TryGetValue("storage", out var amount) ? amount : default;

    private static bool IsReached(PersistentVolume volume, StringMap<string> nodeLabels)
    {
        if (volume.Spec.NodeAffinity?.Required is not { } required)
        {
            return true;
        }

        // Nothing is known of fields: what a term says of them is passed over.
        var onLabels = required.NodeSelectorTerms
            .Where(static term => !term.MatchExpressions.IsEmpty || !term.MatchFields.IsEmpty)
            .ToArray();
        return onLabels.Any(term => term.MatchExpressions.IsEmpty
            || new NodeSelector { NodeSelectorTerms = [new() { MatchExpressions = term.MatchExpressions }] }
                .Matches(new() { Metadata = new() { Name = "n", Labels = nodeLabels } }));
    }
}
