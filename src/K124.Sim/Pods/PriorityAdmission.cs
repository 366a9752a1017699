using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>Gives a pod the priority and the preemption policy of its class.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/priority; KEP-902. A pod keeps what it was given whatever becomes of the class.</remarks>
public static class PriorityAdmission
{
    /// <summary>Judges a pod that is to be created.</summary>
    /// <param name="pod">The pod. It may give a priority and a policy only if its class gives the same.</param>
    /// <param name="classes">The classes that there are; the system's own need not be among them.</param>
    /// <returns>The pod with class, priority and policy, or why it is refused.</returns>
    public static AdmissionResult<Pod> Create(Pod pod, ObjectSet<PriorityClass> classes)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(classes);
        var spec = pod.Spec;
        var isNamed = spec.PriorityClassName.Length > 0;
        var priorityClass = isNamed ? PriorityClasses.Find(spec.PriorityClassName, classes) : PriorityClasses.Default(classes);
        if (isNamed && priorityClass is null)
        {
            return AdmissionResult<Pod>.Forbidden($"no PriorityClass with name {spec.PriorityClassName} was found");
        }

        var priority = priorityClass?.Value ?? 0;
        if (spec.Priority is { } given && given != priority)
        {
            return AdmissionResult<Pod>.Forbidden($"the integer value of priority ({given}) must not be provided in pod spec; "
                + $"priority admission controller computed {priority} from the given PriorityClass name");
        }

        var policy = priorityClass?.PreemptionPolicy ?? PriorityClasses.PreemptLowerPriority;
        if (spec.PreemptionPolicy is { } givenPolicy && givenPolicy != policy)
        {
            return AdmissionResult<Pod>.Forbidden($"the string value of PreemptionPolicy ({givenPolicy}) must not be provided in pod spec; "
                + $"priority admission controller computed {policy} from the given PriorityClass name");
        }

        return AdmissionResult<Pod>.Admitted(
            pod with { Spec = spec with { Priority = priority, PriorityClassName = priorityClass?.Metadata.Name ?? "", PreemptionPolicy = policy } });
    }
}
