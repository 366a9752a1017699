using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>Sorts pods into classes by all that a plugin may read of them.</summary>
internal sealed class PodClasses(ResourceNames resources, Population population, VolumeState volumes, int pluginCount)
{
    private readonly Dictionary<PodClassKey, PodClass> _classes = [];
    private int _version;

    /// <summary>Makes all that was worked out for classes be worked out anew: nodes, or other objects that plugins read, have changed.</summary>
    public void Invalidate() => _version++;

    /// <summary>The class of a pod that is to be placed.</summary>
    public PodClass OfIncoming(Pod pod)
    {
        var podClass = Of(pod, pod.Spec.NodeName, volumes.ShapeOf(pod));
        if (podClass.Version != _version)
        {
            podClass.Version = _version;
            podClass.PassesNodeFilters = null;
            Array.Clear(podClass.PluginData);
        }

        return podClass;
    }

    /// <summary>The class of a pod on a node: where it is tells nothing about it.</summary>
    public PodClass OfPlaced(Pod pod) => Of(pod, "", null);

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
