using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>The reference of the tests: every node, every plugin, at every decision.</summary>
internal sealed class PlainScheduler : IWorkloadScheduler
{
    private readonly PlainVolumes _volumes;
    private readonly ReferenceScheduler _scheduler;

    public PlainScheduler(WorkloadData data, SchedulerOptions options)
    {
        _volumes = new(data.Cluster);
        _scheduler = new(data.Cluster, options) { VolumeFilter = data.Workload.ClaimsOf is null ? null : _volumes.Filter };
    }

    public string? Place(Pod pod)
    {
        var node = _scheduler.Place(pod).NodeName;
        if (node is not null)
        {
            _volumes.Reserve(pod, node);
        }

        return node;
    }

    public (string? NodeName, IReadOnlyList<Pod> Victims) FindVictims(Pod pod) =>
        _scheduler.Schedule(pod).Preemption?.Nominated is { } nominated ? (nominated.NodeName, [.. nominated.Victims.Select(static victim => victim.Pod)]) : (null, []);

    public void Assume(Pod pod, string nodeName) => _scheduler.Assume(pod, nodeName);

    public void Forget(ObjectKey pod)
    {
        _volumes.Unreserve(pod);
        _scheduler.Forget(pod);
    }

    public void Nominate(Pod pod, string nodeName) => _scheduler.Nominate(pod, nodeName);

    public void Apply(IApiObject item)
    {
        _scheduler.Apply(item);
        if (item is Node node)
        {
            _volumes.Apply(node);
        }
    }

    public void Delete(ApiKind kind, ObjectKey key) => _scheduler.Delete(kind, key);
}
