using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Platform;
using K124.Sim.Scheduling;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Conformance.Storage;

/// <summary>The cluster of a recorded case, the release and gates of the recording, and a scheduler over them.</summary>
internal sealed class VolumeWorld
{
    private const int AllNodes = 100;

    // Recordings without a release of their own were made with this one.
    private static readonly KubernetesRelease RecordedRelease = KubernetesRelease.OfPatch(4);

    // Plugins that run after VolumeBinding: where one of these alone rejects a node, VolumeBinding has passed it.
    private static readonly string[] LaterPlugins = ["VolumeZone", "PodTopologySpread", "InterPodAffinity"];

    private readonly SchedulerOptions _options;
    private readonly SortedSet<string> _nodes;

    public VolumeWorld(JsonElement testCase, KubernetesRelease? recordedRelease)
    {
        var gates = testCase.TryGetProperty("featureGates", out var given)
            ? FeatureGates.Of([.. given.EnumerateObject().Select(static gate => (gate.Name, gate.Value.GetBoolean()))])
            : FeatureGates.Default;
        _options = new()
        {
            Release = testCase.TryGetProperty("kubernetes", out var version) ? KubernetesRelease.Parse(version.GetString()!) : recordedRelease ?? RecordedRelease,
            PercentageOfNodesToScore = AllNodes,
            FeatureGates = gates,
        };
        var cluster = Read(testCase.GetProperty("cluster"));
        _nodes = new(cluster.Nodes.Select(static node => node.Metadata.Name), StringComparer.Ordinal);
        Scheduler = new(cluster, _options);
    }

    public Scheduling.Scheduler Scheduler { get; }

    /// <summary>What the binder would do on each node that VolumeBinding has passed: static bindings, claims to provision.</summary>
    public Dictionary<string, string> PodVolumes(Pod pod, SchedulingExplanation answer)
    {
        var volumes = new Dictionary<string, string>(StringComparer.Ordinal);
        var claims = Scheduler.Volumes.GetPodVolumes(pod);
        if (answer.Result.PreFilterStatus is not null || answer.Result.Outcome == SchedulingOutcome.Error)
        {
            return volumes;
        }

        var statuses = answer.NodeStatuses.ToDictionary(static status => status.NodeName, StringComparer.Ordinal);
        foreach (var name in _nodes)
        {
            if (statuses.TryGetValue(name, out var status) && !HasPassed(status))
            {
                continue;
            }

            if (Scheduler.Volumes.FindPodVolumes(claims, name).Volumes is { IsEmpty: false } found)
            {
                volumes.Add(name, Text(found));
            }
        }

        return volumes;
    }

    public static string Text(JsonElement recorded)
    {
        CaseReader.DemandOnly(recorded, "static", "provision");
        var bindings = recorded.TryGetProperty("static", out var list)
            ? list.EnumerateArray().Select(static item => $"{item.GetProperty("claim").GetString()}={item.GetProperty("pv").GetString()}")
            : [];
        var provisions = recorded.TryGetProperty("provision", out list) ? list.EnumerateArray().Select(static item => item.GetString()) : [];
        return $"static {string.Join(", ", bindings)}; provision {string.Join(", ", provisions)}";
    }

    /// <summary>What is assumed to be other than the API has it, as the recordings show it.</summary>
    public JsonObject Assumed()
    {
        var volumes = new JsonObject();
        foreach (var volume in Scheduler.Volumes.AssumedVolumes)
        {
            volumes.Add(volume.Metadata.Name, new JsonObject
            {
                ["annotations"] = Annotations(volume.Metadata),
                ["claimRef"] = volume.Spec.ClaimRef is { } reference
                    ? JsonSerializer.SerializeToNode(reference, (JsonTypeInfo<ObjectReference>)ModelJsonOptions.Shared.GetTypeInfo(typeof(ObjectReference)))
                    : null,
            });
        }

        var claims = new JsonObject();
        foreach (var claim in Scheduler.Volumes.AssumedClaims)
        {
            claims.Add(ObjectKey.Of(claim).ToString(), new JsonObject { ["annotations"] = Annotations(claim.Metadata) });
        }

        return new() { ["persistentVolumes"] = volumes, ["persistentVolumeClaims"] = claims };
    }

    public void CompareAssumed(Comparison comparison, string path, JsonElement expect)
    {
        var recorded = expect.TryGetProperty("assumed", out var assumed) ? JsonNode.Parse(assumed.GetRawText()) : null;
        foreach (var difference in JsonDifference.Between(path, JsonDifference.Prune(recorded, ""), JsonDifference.Prune(Assumed(), "")))
        {
            comparison.Differs(difference);
        }
    }

    /// <summary>Takes in an object of the API.</summary>
    public void Apply(IApiObject item)
    {
        Scheduler.Apply(item);
        if (item is Node node)
        {
            _nodes.Add(node.Metadata.Name);
        }
    }

    private bool HasPassed(Scheduling.NodeRejection status) => _options.Release.StopsAtFirstFailingFilter
        ? status.Plugins.All(static plugin => LaterPlugins.Contains(plugin.Plugin, StringComparer.Ordinal))
        : status.Plugins.All(static plugin => plugin.Plugin != "VolumeBinding");

    private static string Text(PodVolumes volumes) =>
        $"static {string.Join(", ", volumes.StaticBindings.Select(static binding => $"{ObjectKey.Of(binding.Claim)}={binding.Volume.Metadata.Name}"))}; "
        + $"provision {string.Join(", ", volumes.DynamicProvisions.Select(static claim => ObjectKey.Of(claim).ToString()))}";

    private static JsonObject Annotations(ObjectMeta metadata) =>
        [.. metadata.Annotations.Select(static annotation => KeyValuePair.Create(annotation.Key, (JsonNode?)annotation.Value))];

    private static Cluster Read(JsonElement cluster)
    {
        CaseReader.DemandOnly(
            cluster, "nodes", "pods", "persistentVolumes", "persistentVolumeClaims", "storageClasses", "csiNodes", "csiDrivers", "csiStorageCapacities");
        return Cluster.Of(
        [
            .. CaseReader.ReadAll<Node>(cluster, "nodes"),
            .. CaseReader.ReadAll<Pod>(cluster, "pods"),
            .. CaseReader.ReadAll<PersistentVolume>(cluster, "persistentVolumes"),
            .. CaseReader.ReadAll<PersistentVolumeClaim>(cluster, "persistentVolumeClaims"),
            .. CaseReader.ReadAll<StorageClass>(cluster, "storageClasses"),
            .. CaseReader.ReadAll<CSINode>(cluster, "csiNodes"),
            .. CaseReader.ReadAll<CSIDriver>(cluster, "csiDrivers"),
            .. CaseReader.ReadAll<CSIStorageCapacity>(cluster, "csiStorageCapacities"),
        ]);
    }
}
