using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;

namespace K124.Sim.Scheduling.Classes;

/// <summary>Sorts pods into classes by all that a plugin may read of them.</summary>
internal sealed class PodClasses
{
    private readonly ResourceNames _resources;
    private readonly Population _population;
    private readonly VolumeState _volumes;
    private readonly int _pluginCount;
    private readonly ForkableMap<PodKindKey, PodKind> _kinds;
    private readonly Dictionary<PodKind, PodClass> _classes = new(ReferenceEqualityComparer.Instance);
    private readonly TemplateCache<PodClass> _incoming = new();
    private readonly TemplateCache<PodKind> _placed = new();
    private ClassVersions _versions;

    public PodClasses(ResourceNames resources, Population population, VolumeState volumes, int pluginCount, Ownership ownership)
    {
        (_resources, _population, _volumes, _pluginCount) = (resources, population, volumes, pluginCount);
        _kinds = new(ownership);
    }

    private PodClasses(PodClasses other, ResourceNames resources, Population population, VolumeState volumes, Ownership ownership)
    {
        (_resources, _population, _volumes, _pluginCount) = (resources, population, volumes, other._pluginCount);
        _kinds = other._kinds.Fork(ownership);
    }

    public ClassBudget Budget { get; } = new();

    /// <summary>Counts changes of what plugins work out for classes from.</summary>
    public ref ClassVersions Versions => ref _versions;

    /// <summary>The same kinds of pods, of which nothing is worked out yet.</summary>
    public PodClasses Fork(ResourceNames resources, Population population, VolumeState volumes, Ownership ownership) =>
        new(this, resources, population, volumes, ownership);

    /// <summary>The class of a pod that is to be placed; what was worked out for it may be out of date.</summary>
    public PodClass OfIncoming(Pod pod)
    {
        if (_volumes.ShapeOf(pod) is { } shape)
        {
            return ClassOf(KindOf(pod, pod.Spec.NodeName, shape));
        }

        if (_incoming.Find(pod) is not { } podClass)
        {
            podClass = ClassOf(pod.Spec.NodeName.Length == 0 ? OfPlaced(pod) : KindOf(pod, pod.Spec.NodeName, null));
            _incoming.Add(pod, podClass);
        }

        return podClass;
    }

    /// <summary>The kind of a pod on a node: where it is tells nothing about it.</summary>
    public PodKind OfPlaced(Pod pod)
    {
        if (_placed.Find(pod) is not { } kind)
        {
            kind = KindOf(pod, "", null);
            _placed.Add(pod, kind);
        }

        return kind;
    }

    private PodClass ClassOf(PodKind kind)
    {
        if (!_classes.TryGetValue(kind, out var podClass))
        {
            _classes.Add(kind, podClass = new(kind, _pluginCount));
        }

        return podClass;
    }

    private PodKind KindOf(Pod pod, string nodeName, VolumeShape? shape)
    {
        var key = PodKindKey.Of(pod, nodeName, shape);
        if (!_kinds.TryGetValue(key, out var kind))
        {
            kind = new(pod, nodeName, PodRequests.Of(pod, _resources), _population.LabelsOf(pod), _population.TermsCarriedBy(pod), shape);
            _kinds.Add(key, kind);
        }

        return kind;
    }

    /// <summary>All that a plugin may read of a pod, apart from its priority and nomination, and the profile whose plugins read it.</summary>
    private readonly record struct PodKindKey(
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
        public static PodKindKey Of(Pod pod, string nodeName, VolumeShape? volumes) => new(
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
