using System.Globalization;
using System.Text.Json;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Conformance.Scheduler;

/// <summary>Runs the recorded scheduling decisions.</summary>
internal static class SchedulerCases
{
    private const int AllNodes = 100;

    // Recordings without a release of their own were made with this one.
    private static readonly KubernetesRelease RecordedRelease = KubernetesRelease.OfPatch(4);

    /// <param name="testCase">The case.</param>
    /// <param name="recordedRelease">Release of a case that does not name its own; null for the one it was recorded with.</param>
    public static CaseOutcome Verify(JsonElement testCase, KubernetesRelease? recordedRelease = null)
    {
        CaseReader.DemandOnly(testCase, "id", "baseId", "kubernetes", "covers", "note", "config", "cluster", "pod", "podsToSchedule", "expect");
        var release = testCase.TryGetProperty("kubernetes", out var version) ? KubernetesRelease.Parse(version.GetString()!) : recordedRelease ?? RecordedRelease;
        var cluster = ReadCluster(testCase.GetProperty("cluster"));
        var config = testCase.TryGetProperty("config", out var given) ? given : default;
        if (!testCase.TryGetProperty("podsToSchedule", out var pods))
        {
            var options = RecordedOptions.Read(config) with { Release = release, PercentageOfNodesToScore = AllNodes };
            return SnapshotCase.Verify(cluster, CaseReader.Read<Pod>(testCase.GetProperty("pod")), options, testCase.GetProperty("expect"));
        }

        return testCase.GetProperty("expect").TryGetProperty("placements", out var placements)
            ? VerifySequence(cluster, pods, release, config, placements)
            : new WorkloadCase(cluster, RecordedOptions.Read(config) with { Release = release, TieBreak = TieBreak.FirstByName, PercentageOfNodesToScore = AllNodes }).Verify(pods, testCase.GetProperty("expect"));
    }

    internal static Cluster ReadCluster(JsonElement cluster)
    {
        CaseReader.DemandOnly(
            cluster, "nodes", "pods", "namespaces", "services", "replicationControllers", "replicaSets", "statefulSets", "podDisruptionBudgets");
        return Cluster.Of(
        [
            .. CaseReader.ReadAll<Node>(cluster, "nodes"),
            .. CaseReader.ReadAll<Pod>(cluster, "pods"),
            .. CaseReader.ReadAll<Namespace>(cluster, "namespaces"),
            .. CaseReader.ReadAll<Service>(cluster, "services"),
            .. CaseReader.ReadAll<ReplicationController>(cluster, "replicationControllers"),
            .. CaseReader.ReadAll<ReplicaSet>(cluster, "replicaSets"),
            .. CaseReader.ReadAll<StatefulSet>(cluster, "statefulSets"),
            .. CaseReader.ReadAll<PodDisruptionBudget>(cluster, "podDisruptionBudgets"),
        ]);
    }

    private static CaseOutcome VerifySequence(Cluster cluster, JsonElement pods, KubernetesRelease release, JsonElement config, JsonElement placements)
    {
        var scheduler = new Scheduling.Scheduler(cluster, RecordedOptions.Read(config) with
        {
            Release = release,
            TieBreak = TieBreak.FirstByName,
            PercentageOfNodesToScore = config.TryGetProperty("percentageOfNodesToScore", out var percentage) ? percentage.GetInt32() : AllNodes,
        });
        var comparison = new Comparison();
        var index = 0;
        foreach (var (element, placement) in pods.EnumerateArray().Zip(placements.EnumerateArray()))
        {
            var pod = CaseReader.Read<Pod>(element);
            var result = scheduler.Schedule(pod);
            if (result.NodeName is { } node)
            {
                scheduler.Assume(pod, node);
            }

            comparison.Equal($"placements[{index}][0]", placement[0].GetString(), pod.Metadata.Name);
            comparison.Equal($"placements[{index}][1]", placement[1].GetString(), result.NodeName);
            index++;
        }

        comparison.Equal(
            "placements.length", placements.GetArrayLength().ToString(CultureInfo.InvariantCulture), pods.GetArrayLength().ToString(CultureInfo.InvariantCulture));
        return comparison.Outcome;
    }
}
