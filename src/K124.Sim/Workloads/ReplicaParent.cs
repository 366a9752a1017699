using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Workloads;

/// <summary>What ReplicaSets and ReplicationControllers have in common.</summary>
/// <param name="Object">The object.</param>
/// <param name="Replicas">How many pods it wants.</param>
/// <param name="Selector">Which pods are its own; null if the selector cannot be read.</param>
/// <param name="Template">What its pods are made of.</param>
/// <param name="MinReadySeconds">How long a pod has to be ready to count as available.</param>
/// <param name="Status">Its status.</param>
internal sealed record ReplicaParent(
    IApiObject Object, int Replicas, CompiledSelector? Selector, PodTemplateSpec Template, int MinReadySeconds, ReplicaSetStatus Status)
{
    public static ReplicaParent Of(ReplicaSet set) => new(
        set, set.Spec.Replicas ?? 1, CompiledSelector.TryCompile(set.Spec.Selector, out _), set.Spec.Template, set.Spec.MinReadySeconds, set.Status);

    /// <summary>A ReplicationController as the ReplicaSet that it is turned into, which has a security context in its template.</summary>
    public static ReplicaParent Of(ReplicationController controller)
    {
        var template = Converted(controller).Spec.Template ?? PodTemplateSpec.Default;
        var status = controller.Status;
        return new(
            controller,
            controller.Spec.Replicas ?? 1,
            CompiledSelector.Exactly(controller.Spec.Selector),
            template,
            controller.Spec.MinReadySeconds,
            new()
            {
                AvailableReplicas = status.AvailableReplicas,
                Conditions = status.Conditions,
                FullyLabeledReplicas = status.FullyLabeledReplicas,
                ObservedGeneration = status.ObservedGeneration,
                ReadyReplicas = status.ReadyReplicas,
                Replicas = status.Replicas,
            });
    }

    public static ReplicationController Converted(ReplicationController controller) => controller.Spec.Template is not { } template
        ? controller
        : controller with
        {
            Spec = controller.Spec with
            {
                Template = template with { Spec = template.Spec with { SecurityContext = template.Spec.SecurityContext ?? new() } },
            },
        };
}
