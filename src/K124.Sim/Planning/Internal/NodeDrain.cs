using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>One drain of a node.</summary>
internal sealed class NodeDrain
{
    private readonly PlanningWorld _world;
    private readonly Node _node;
    private readonly EvictionWorld _evictions;
    private readonly UtilizationMeter _meter;

    public NodeDrain(PlanningWorld world, Node node)
    {
        (_world, _node) = (world, node);
        _evictions = new(world);
        _evictions.Cordon(node);
        _meter = new(_evictions.Scheduler);
    }

    /// <summary>Drains the node.</summary>
    public DrainPlan Run(bool force, CancellationToken cancellationToken)
    {
        var pods = _evictions.PodsOn(_node.Metadata.Name).ToLookup(Successors.StayReason);
        string[] bare = [.. pods[""].Where(Successors.IsBare).Select(static pod => ObjectKey.Of(pod).ToString())];
        if (bare.Length > 0 && !force)
        {
            return new() { NodeName = _node.Metadata.Name, Refusal = Refusal(bare), Notices = _world.Settled.Notices };
        }

        return new()
        {
            NodeName = _node.Metadata.Name,
            Pods =
            [
                .. _evictions.EvictAll(pods[""], stopsAtFailure: false, cancellationToken),
                .. pods.Where(static group => group.Key.Length > 0).SelectMany(static group => group.Select(pod => new DrainedPod(pod, DrainFate.Stays, group.Key))),
            ],
            Utilization = _meter.Read(),
            Notices = [.. _world.Settled.Notices, .. _world.DaemonNotices, .. LocalData(pods[""]), .. PlanNotices.ForClaims(_evictions.Claims, _evictions.Scheduler)],
        };
    }

    /// <summary>Why kubectl drains no node with such pods.</summary>
    public static string Refusal(IEnumerable<string> bare) =>
        $"cannot delete Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet (use --force to override): {string.Join(", ", bare)}";

    private static IEnumerable<string> LocalData(IEnumerable<Pod> pods)
    {
        var count = pods.Count(static pod => Owners.IsActive(pod) && pod.Spec.Volumes.Any(static volume => volume.EmptyDir is not null));
        return count == 0 ? [] : [$"{(count == 1 ? "1 pod loses" : $"{count} pods lose")} the data of emptyDir volumes: kubectl drain asks for --delete-emptydir-data."];
    }
}
