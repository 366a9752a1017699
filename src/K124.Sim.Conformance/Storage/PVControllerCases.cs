using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Conformance.Storage;

/// <summary>Syncs of claims and volumes, one after another.</summary>
internal static class PVControllerCases
{
    public static CaseOutcome Verify(JsonElement testCase)
    {
        CaseReader.DemandOnly(testCase, "id", "covers", "featureGates", "cluster", "steps", "expect");
        var controller = new PersistentVolumeController(ReadCluster(testCase.GetProperty("cluster")), new() { Profile = ClusterProfile.Of(CaseGates.Read(testCase)) });
        var differences = ImmutableArray.CreateBuilder<string>();
        var index = 0;
        foreach (var (step, expect) in testCase.GetProperty("steps").EnumerateArray().Zip(testCase.GetProperty("expect").EnumerateArray()))
        {
            differences.AddRange(StepDifferences($"expect[{index++}]", controller, step, expect));
        }

        return differences.Count == 0 ? CaseOutcome.Agrees : new CaseOutcome.Differ(differences.ToImmutable());
    }

    private static Cluster ReadCluster(JsonElement cluster)
    {
        CaseReader.DemandOnly(cluster, "persistentVolumes", "persistentVolumeClaims", "storageClasses", "pods");
        return Cluster.Of(
        [
            .. CaseReader.ReadAll<PersistentVolume>(cluster, "persistentVolumes"),
            .. CaseReader.ReadAll<PersistentVolumeClaim>(cluster, "persistentVolumeClaims"),
            .. CaseReader.ReadAll<StorageClass>(cluster, "storageClasses"),
            .. CaseReader.ReadAll<Pod>(cluster, "pods"),
        ]);
    }

    private static IEnumerable<string> StepDifferences(string path, PersistentVolumeController controller, JsonElement step, JsonElement expect)
    {
        CaseReader.DemandOnly(step, "sync", "key");
        CaseReader.DemandOnly(expect, "sync", "key", "changed", "events", "error");
        var before = Known(controller);
        var key = step.GetProperty("key").GetString()!;
        var result = step.GetProperty("sync").GetString() switch
        {
            "volume" => controller.SyncVolume(key),
            "claim" => controller.SyncClaim(new(key[..key.IndexOf('/', StringComparison.Ordinal)], key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..])),
            var unknown => throw new JsonException($"unknown sync '{unknown}'"),
        };
        var comparison = new Comparison();
        comparison.Equal($"{path}.error", expect.TryGetProperty("error", out var error) ? error.GetString() : null, result.Error);
        comparison.Equal(
            $"{path}.events",
            string.Join('\n', expect.TryGetProperty("events", out var events) ? events.EnumerateArray().Select(static text => text.GetString()) : []),
            string.Join('\n', result.Events.Select(static item => $"{item.Type} {item.Reason} {item.Message}")));
        return (comparison.Outcome is CaseOutcome.Differ differ ? differ.Details : [])
            .Concat(ChangeDifferences($"{path}.changed", before, Known(controller), expect));
    }

    private static IEnumerable<string> ChangeDifferences(
        string path, SortedDictionary<string, IApiObject> before, SortedDictionary<string, IApiObject> after, JsonElement expect)
    {
        var recorded = expect.TryGetProperty("changed", out var changed)
            ? changed.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal)
            : [];
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Union(recorded.Keys, StringComparer.Ordinal))
        {
            var isRecorded = recorded.TryGetValue(name, out var element);
            var isThere = after.TryGetValue(name, out var item);
            var isChanged = !isThere || !before.TryGetValue(name, out var older) || !item!.Equals(older);
            if (isRecorded != isChanged)
            {
                yield return $"{path}.{name}: {(isRecorded ? "recorded" : "answered")} a change, {(isRecorded ? "answered" : "recorded")} none";
            }
            else if (isRecorded && element.ValueKind == JsonValueKind.Null != !isThere)
            {
                yield return $"{path}.{name}: recorded {element.GetRawText()}, answered {(isThere ? "an object" : "that it is gone")}";
            }
            else if (isRecorded && isThere)
            {
                foreach (var difference in item is PersistentVolume volume
                    ? ObjectComparison.Differences($"{path}.{name}", element, WithoutReferenceVersion(volume))
                    : ObjectComparison.Differences($"{path}.{name}", element, (PersistentVolumeClaim)item!))
                {
                    yield return difference;
                }
            }
        }
    }

    // The recordings leave all versions out.
    private static PersistentVolume WithoutReferenceVersion(PersistentVolume volume) => volume.Spec.ClaimRef is { } claim
        ? volume with { Spec = volume.Spec with { ClaimRef = claim with { ResourceVersion = "" } } }
        : volume;

    private static SortedDictionary<string, IApiObject> Known(PersistentVolumeController controller)
    {
        var known = new SortedDictionary<string, IApiObject>(StringComparer.Ordinal);
        foreach (var volume in controller.Volumes)
        {
            known.Add($"{volume.Kind}/{volume.Metadata.Name}", volume);
        }

        foreach (var claim in controller.Claims)
        {
            known.Add($"{claim.Kind}/{ObjectKey.Of(claim)}", claim);
        }

        return known;
    }
}
