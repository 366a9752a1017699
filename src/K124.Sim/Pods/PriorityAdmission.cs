using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>Gives a pod the priority and the preemption policy of its class.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/priority; KEP-902. A pod keeps what it was given whatever becomes of the class.</remarks>
public static class PriorityAdmission
{
    private const string ImmutableSpec = "pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, "
        + "`spec.activeDeadlineSeconds`, `spec.tolerations` (only additions to existing tolerations) or `spec.terminationGracePeriodSeconds` "
        + "(allow it to be set to 1 if it was previously negative)";

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

    /// <summary>Judges the priority in a change of a pod: left out, it stays; it never changes.</summary>
    /// <param name="oldPod">The pod before.</param>
    /// <param name="newPod">The pod that is to take its place.</param>
    /// <returns>The pod with the priority and policy it had, or why it is refused. 1.24's message goes on with a print of the difference.</returns>
    public static AdmissionResult<Pod> Update(Pod oldPod, Pod newPod)
    {
        ArgumentNullException.ThrowIfNull(oldPod);
        ArgumentNullException.ThrowIfNull(newPod);
        var (old, spec) = (oldPod.Spec, newPod.Spec);
        spec = spec with { Priority = spec.Priority ?? old.Priority, PreemptionPolicy = spec.PreemptionPolicy ?? old.PreemptionPolicy };
        return spec.Priority == old.Priority && spec.PreemptionPolicy == old.PreemptionPolicy && spec.PriorityClassName == old.PriorityClassName
            ? AdmissionResult<Pod>.Admitted(newPod with { Spec = spec })
            : AdmissionResult<Pod>.Invalid(new FieldError(FieldErrorType.Forbidden, "spec", null, ImmutableSpec));
    }
}
