using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;

namespace K124.Sim.Scheduling.Classes;

/// <summary>Sorts pods into classes by all that a plugin may read of them.</summary>
internal sealed class PodClasses
{
    private const int FewKinds = 1 << 13;

    private readonly SchedulerState _state;
    private readonly SchedulerOptions _options;
    private readonly Ownership _ownership;
    private readonly int _pluginCount;
    private readonly HashSet<string> _outlined;
    private readonly SelectorKeys _keys;
    private ForkableMap<PodKind, PodClass> _classes;
    private ForkableMap<PodKindKey, PodKind> _kinds;
    private TemplateCache<PodClass> _incoming = new();
    private TemplateCache<PodKind> _placed = new();
    private ClassVersions _versions;
    private int _maxKinds = FewKinds;
    private bool _isSorting;

    public PodClasses(SchedulerState state, SchedulerOptions options, Ownership ownership)
    {
        (_state, _options, _ownership) = (state, options, ownership);
        _pluginCount = options.Configuration.Profiles.Max(static profile => profile.Plugins.Names.Count);
        _outlined = OutlinedProfiles(options);
        _keys = new();
        (_kinds, _classes) = (NoKinds(), NoClasses());
        LearnAll(state.Cluster);
    }

    private PodClasses(PodClasses other, SchedulerState state, Ownership ownership)
    {
        (_state, _options, _ownership, _pluginCount, _outlined) = (state, other._options, ownership, other._pluginCount, other._outlined);
        _keys = other._keys.Fork();
        _kinds = other._kinds.Fork(ownership, new PodKindComparer(_keys));
        _classes = other._classes.Fork(ownership);
        (_versions, _maxKinds) = (other._versions, other._maxKinds);

        // What the other one knows is not its own to forget any longer.
        other.Budget.Clear();
    }

    public ClassBudget Budget { get; } = new();

    /// <summary>The keys of the labels that tell pods apart.</summary>
    public SelectorKeys Keys => _keys;

    /// <summary>Counts changes of what plugins work out for classes from.</summary>
    public ref ClassVersions Versions => ref _versions;

    /// <summary>The same kinds of pods; what was worked out for them is taken over when it is asked for. The other one's holder has to renounce what it owns.</summary>
    public PodClasses Fork(SchedulerState state, Ownership ownership) => new(this, state, ownership);

    /// <summary>The class of a pod that is to be placed; what was worked out for it may be out of date.</summary>
    public PodClass OfIncoming(Pod pod)
    {
        if (_state.Volumes.ShapeOf(pod) is { } shape)
        {
            return ClassOf(IncomingKind(pod, shape));
        }

        if (_incoming.Find(pod) is not { } podClass || !IsOwn(podClass))
        {
            podClass = ClassOf(IncomingKind(pod, null));
            _incoming.Add(pod, podClass);
        }

        return podClass;
    }

    /// <summary>The kind of a pod on a node: where it is tells nothing about it.</summary>
    public PodKind OfPlaced(Pod pod)
    {
        if (_placed.Find(pod) is not { } kind)
        {
            kind = KindOf(new(pod, "", null, null));
            _placed.Add(pod, kind);
        }

        return kind;
    }

    /// <summary>Forgets all kinds, for the pods that are there to be sorted anew: kinds of pods that are gone go with that.</summary>
    /// <param name="sort">Sorts the pods that are there.</param>
    public void Sort(Action sort)
    {
        _isSorting = true;
        foreach (var podClass in _classes.Values.Where(IsOwn))
        {
            podClass.Forget();
        }

        Budget.Clear();
        (_kinds, _classes, _incoming, _placed) = (NoKinds(), NoClasses(), new(), new());
        sort();
        _maxKinds = FewKinds + (2 * _kinds.Count);
        _isSorting = false;
    }

    private static HashSet<string> OutlinedProfiles(SchedulerOptions options)
    {
        var declared = options.Plugins.Where(static plugin => plugin.Dependence != PluginDependence.Anything).Select(static plugin => plugin.Name).ToHashSet(StringComparer.Ordinal);
        var profiles = options.Configuration.Profiles.Where(profile => profile.Plugins.Names.Any(declared.Contains)).Select(static profile => profile.SchedulerName).ToHashSet(StringComparer.Ordinal);
        if (profiles.Contains(SchedulerProfile.DefaultSchedulerName))
        {
            profiles.Add("");
        }

        return profiles;
    }

    private void LearnAll(Cluster cluster)
    {
        foreach (var item in cluster.Services.Cast<IApiObject>().Concat(cluster.ReplicationControllers).Concat(cluster.ReplicaSets).Concat(cluster.StatefulSets))
        {
            _keys.Learn(item);
        }
    }

    private bool IsOwn(PodClass podClass) => ReferenceEquals(podClass.Owner, _ownership.Token);

    private ForkableMap<PodKind, PodClass> NoClasses() => new(_ownership, ReferenceEqualityComparer.Instance);

    private ForkableMap<PodKindKey, PodKind> NoKinds() => new(_ownership, new PodKindComparer(_keys));

    private PodKind IncomingKind(Pod pod, VolumeShape? shape)
    {
        if (_outlined.Contains(pod.Spec.SchedulerName))
        {
            var outline = new Pod { Metadata = new() { Namespace = pod.Metadata.Namespace, Labels = pod.Metadata.Labels }, Spec = pod.Spec };
            return KindOf(new(pod, pod.Spec.NodeName, shape, outline));
        }

        return shape is null && pod.Spec.NodeName.Length == 0 ? OfPlaced(pod) : KindOf(new(pod, pod.Spec.NodeName, shape, null));
    }

    private PodClass ClassOf(PodKind kind)
    {
        if (_classes.TryGetValue(kind, out var podClass) && IsOwn(podClass))
        {
            return podClass;
        }

        var own = new PodClass(kind, _pluginCount, _ownership.Token) { Origin = podClass?.Origin ?? podClass };
        _classes.Set(kind, own);
        return own;
    }

    private PodKind KindOf(PodKindKey key)
    {
        if (_kinds.TryGetValue(key, out var kind))
        {
            return kind;
        }

        if ((_keys.Learn(key.Pod.Spec) || _kinds.Count >= _maxKinds) && !_isSorting)
        {
            _state.SortPods();
            if (_kinds.TryGetValue(key, out kind))
            {
                return kind;
            }
        }

        var (pod, population) = (key.Pod, _state.Population);
        kind = new(pod, key.NodeName, PodRequests.Of(pod, _state.Resources), population.LabelsOf(pod), population.TermsCarriedBy(pod), key.Volumes, key.Outline);
        _kinds.Add(key, kind);
        return kind;
    }
}
