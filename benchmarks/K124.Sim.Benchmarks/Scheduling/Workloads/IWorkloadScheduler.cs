using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>What workloads ask of a scheduler: the library's, or the reference.</summary>
public interface IWorkloadScheduler
{
    /// <summary>Decides, and puts the pod on the chosen node.</summary>
    /// <returns>Name of the node; null if there was none.</returns>
    string? Place(Pod pod);

    /// <summary>Decides on a pod that should not fit as things are.</summary>
    /// <returns>Node and victims that preemption names; none if the pod fits or nothing helps.</returns>
    (string? NodeName, IReadOnlyList<Pod> Victims) FindVictims(Pod pod);

    void Assume(Pod pod, string nodeName);

    void Forget(ObjectKey pod);

    void Nominate(Pod pod, string nodeName);

    void Apply(IApiObject item);

    void Delete(ApiKind kind, ObjectKey key);
}
