using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>The library's scheduler.</summary>
internal sealed class LibraryScheduler(Cluster cluster, SchedulerOptions options) : IWorkloadScheduler
{
    public Scheduler Scheduler { get; } = new(cluster, options);

    public string? Place(Pod pod) => Scheduler.Place(pod).NodeName;

    public (string? NodeName, IReadOnlyList<Pod> Victims) FindVictims(Pod pod) =>
        Scheduler.Decide(pod).Failure?.Preemption?.Nominated is { } nominated ? (nominated.NodeName, nominated.Victims) : (null, []);

    public void Assume(Pod pod, string nodeName) => Scheduler.Assume(pod, nodeName);

    public void Forget(ObjectKey pod) => Scheduler.Forget(pod);

    public void Nominate(Pod pod, string nodeName) => Scheduler.Nominate(pod, nodeName);

    public void Apply(IApiObject item) => Scheduler.Apply(item);

    public void Delete(ApiKind kind, ObjectKey key) => Scheduler.Delete(kind, key);
}
