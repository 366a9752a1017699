using System.Collections.Immutable;
using K124.Sim.ControlPlane;
using K124.Sim.Model;

namespace K124.Sim.Planning.Rollouts;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>What holds a rollout up, from the events and from the workloads themselves.</summary>
internal static class RolloutBlocks
{
    public static bool FitsNowhere(Pod pod) => pod.Spec.NodeName.Length == 0 && pod.Metadata.DeletionTimestamp is null
        && pod.Status.Conditions.Any(static condition => condition is { Type: "PodScheduled", Status: "False" });

    public static ImmutableArray<RolloutBlock> Of(ControlPlane plane, ImmutableArray<(ApiKind Kind, ObjectKey Key)> workloads, IEnumerable<TimelineEntry> timeline)
    {
        var pods = RolloutWorkloads.PodsOf(plane, workloads);
        var waits = pods.Any(FitsNowhere);
        var counts = new Dictionary<(string Reason, string Message), (string First, int Count)>();
        foreach (var entry in timeline)
        {
            if (entry.Event is { Type: "Warning", Reason: "FailedScheduling" or "FailedCreate" or "FailedUpdate" } report)
            {
                var key = (report.Reason == "FailedScheduling" ? "Unschedulable" : report.Reason, report.Message);
                var (first, count) = counts.TryGetValue(key, out var known) ? known : ($"{entry.Kind} {entry.Key}", 0);
                counts[key] = (first, count + 1);
            }
        }

        return
        [
            .. counts.OrderByDescending(static entry => entry.Value.Count).ThenBy(static entry => entry.Key.Message, StringComparer.Ordinal)
                .Select(entry => new RolloutBlock(entry.Key.Reason, entry.Value.First, entry.Key.Message, entry.Key.Reason != "Unschedulable" || !waits)),
            .. workloads.Select(entry => OfItself(plane.Client.Get(entry.Kind, entry.Key))).OfType<RolloutBlock>(),
        ];
    }

    private static RolloutBlock? OfItself(IApiObject? item) => item switch
    {
        Deployment { Spec.Paused: true } => Block("Paused", item, "the Deployment is paused"),
        Deployment own when own.Status.Conditions.FirstOrDefault(static condition => condition is { Type: "Progressing", Status: "False" }) is { } stuck => Block(stuck.Reason, own, stuck.Message),
        StatefulSet { Spec.UpdateStrategy.Type: "OnDelete" } or DaemonSet { Spec.UpdateStrategy.Type: "OnDelete" } => Block("OnDelete", item, "pods are replaced only when somebody deletes them"),
        StatefulSet { Spec.UpdateStrategy.RollingUpdate.Partition: > 0 and var partition } => Block("Partition", item, $"pods below ordinal {partition} keep the old revision"),
        _ => null,
    };

    private static RolloutBlock Block(string reason, IApiObject item, string message) => new(reason, $"{item.Kind} {ObjectKey.Of(item)}", message, IsOverAtEnd: false);
}
