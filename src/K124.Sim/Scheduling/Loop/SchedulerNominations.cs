using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

/// <summary>Tells the scheduler of the nominations in the queue.</summary>
internal sealed class SchedulerNominations(Scheduler scheduler) : INominationObserver
{
    // Applied rather than nominated: the node may be gone, and may come back.
    public void Nominated(Pod pod, string nodeName) =>
        scheduler.Apply(pod with { Spec = pod.Spec with { NodeName = "" }, Status = pod.Status with { NominatedNodeName = nodeName, Phase = "" } });

    public void NominationCleared(Pod pod) => scheduler.ClearNomination(ObjectKey.Of(pod));
}
