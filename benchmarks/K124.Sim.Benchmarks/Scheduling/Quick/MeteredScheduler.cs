using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling.Quick;

/// <summary>Adds up what a scheduler's calls allocate, apart from what is made to call it.</summary>
internal sealed class MeteredScheduler(IWorkloadScheduler scheduler) : IWorkloadScheduler
{
    private long _before;

    /// <summary>Bytes that the calls have allocated so far.</summary>
    public long Bytes { get; private set; }

    public string? Place(Pod pod)
    {
        Begin();
        var node = scheduler.Place(pod);
        End();
        return node;
    }

    public (string? NodeName, IReadOnlyList<Pod> Victims) FindVictims(Pod pod)
    {
        Begin();
        var found = scheduler.FindVictims(pod);
        End();
        return found;
    }

    public void Assume(Pod pod, string nodeName)
    {
        Begin();
        scheduler.Assume(pod, nodeName);
        End();
    }

    public void Forget(ObjectKey pod)
    {
        Begin();
        scheduler.Forget(pod);
        End();
    }

    public void Nominate(Pod pod, string nodeName)
    {
        Begin();
        scheduler.Nominate(pod, nodeName);
        End();
    }

    public void Apply(IApiObject item)
    {
        Begin();
        scheduler.Apply(item);
        End();
    }

    public void Delete(ApiKind kind, ObjectKey key)
    {
        Begin();
        scheduler.Delete(kind, key);
        End();
    }

    private void Begin() => _before = GC.GetAllocatedBytesForCurrentThread();

    private void End() => Bytes += GC.GetAllocatedBytesForCurrentThread() - _before;
}
