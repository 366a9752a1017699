using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>Sorts pods into classes by all that a plugin may read of them.</summary>
internal sealed class PodClasses(ResourceNames resources, Population population, VolumeState volumes, int pluginCount)
{
    private readonly Dictionary<PodClassKey, PodClass> _classes = [];
    private readonly PodClassCache _incoming = new();
    private readonly PodClassCache _placed = new();
    private ClassVersions _versions;

    public ClassBudget Budget { get; } = new();

    /// <summary>Counts changes of what plugins work out for classes from.</summary>
    public ref ClassVersions Versions => ref _versions;

    /// <summary>The class of a pod that is to be placed; what was worked out for it may be out of date.</summary>
    public PodClass OfIncoming(Pod pod)
    {
        var shape = volumes.ShapeOf(pod);
        return shape is null ? Of(pod, pod.Spec.NodeName, _incoming) : Of(pod, pod.Spec.NodeName, shape);
    }

    /// <summary>The class of a pod on a node: where it is tells nothing about it.</summary>
    public PodClass OfPlaced(Pod pod) => pod.Spec.NodeName.Length == 0 ? Of(pod, "", _incoming) : Of(pod, "", _placed);

    private PodClass Of(Pod pod, string nodeName, PodClassCache cache)
    {
        if (cache.Find(pod) is not { } podClass)
        {
            podClass = Of(pod, nodeName, (VolumeShape?)null);
            cache.Add(pod, podClass);
        }

        return podClass;
    }

    private PodClass Of(Pod pod, string nodeName, VolumeShape? shape)
    {
        var key = PodClassKey.Of(pod, nodeName, shape);
        if (!_classes.TryGetValue(key, out var podClass))
        {
            podClass = new(pod, nodeName, PodRequests.Of(pod, resources), population.LabelsOf(pod), population.TermsCarriedBy(pod), shape, pluginCount);
            _classes.Add(key, podClass);
        }

        return podClass;
    }

    /// <summary>All that a plugin may read of a pod, apart from its priority and nomination, and the profile whose plugins read it.</summary>
    private sealed record PodClassKey(
        string SchedulerName,
        string Namespace,
        StringMap<string> Labels,
        bool IsTerminating,
        OwnerReference? Controller,
        Items<Container> Containers,
        Items<Container> InitContainers,
        StringMap<Quantity> Overhead,
        string NodeName,
        StringMap<string> NodeSelector,
        Affinity? Affinity,
        Items<Toleration> Tolerations,
        Items<TopologySpreadConstraint> TopologySpreadConstraints,
        VolumeShape? Volumes)
    {
        public static PodClassKey Of(Pod pod, string nodeName, VolumeShape? volumes) => new(
            pod.Spec.SchedulerName,
            pod.Metadata.Namespace,
            pod.Metadata.Labels,
            pod.Metadata.DeletionTimestamp is not null,
            pod.Metadata.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true),
            new(pod.Spec.Containers),
            new(pod.Spec.InitContainers),
            pod.Spec.Overhead,
            nodeName,
            pod.Spec.NodeSelector,
            pod.Spec.Affinity,
            new(pod.Spec.Tolerations),
            new(pod.Spec.TopologySpreadConstraints),
            volumes);
    }
}
