using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Reference;

/// <summary>The scheduler of 1.24 written to be read: every node, every plugin, at every decision.</summary>
public sealed class ReferenceScheduler
{
    private readonly SchedulerOptions _options;
    private readonly ReferenceCache _cache;
    private readonly List<(ReferencePod Pod, string NodeName)> _nominations = [];
    private Cluster _objects;
    private readonly SeededRandom _random;
    private IReadOnlyList<ReferenceNode> _nodes = [];
    private int _start;

    public ReferenceScheduler(Cluster cluster, SchedulerOptions? options = null)
    {
        _options = options ?? new();
        _random = SeededRandom.Stream(_options.Seed, "Scheduler");
        _objects = K124.Sim.Cluster.Of(cluster.Objects.Where(static item => item is not (Node or Pod)));
        _cache = new(cluster);
        foreach (var pod in cluster.Pods)
        {
            Apply(pod);
        }
    }

    private ReferenceScheduler(ReferenceScheduler original)
    {
        (_options, _objects, _start) = (original._options, original._objects, original._start);
        _random = original._random.Copy();
        _cache = original._cache.Copy();
        _nominations = [.. original._nominations];
        VolumeFilter = original.VolumeFilter;
    }

    /// <summary>What the volume plugins say of a pod on a node, where volumes matter; null leaves them out.</summary>
    public Func<Pod, ReferenceNode, ReferenceStatus?>? VolumeFilter { get; init; }

    /// <summary>Nodes and pods as they are.</summary>
    public ReferenceCache Cache => _cache;

    /// <summary>Everything but nodes and pods.</summary>
    public Cluster Objects => _objects;

    private SchedulerProfile Profile => _options.Configuration.Profiles[0];

    public IReadOnlyList<(ReferencePod Pod, string NodeName)> Nominations => _nominations;

    public ReferenceScheduler Copy() => new(this);

    public void Assume(Pod pod, string nodeName)
    {
        ClearNomination(ObjectKey.Of(pod));
        _cache.Add(pod, nodeName);
    }

    public void Forget(ObjectKey pod) => _cache.Remove(pod);

    public void Nominate(Pod pod, string nodeName)
    {
        ClearNomination(ObjectKey.Of(pod));
        _nominations.Add((new(pod), nodeName));
    }

    public void ClearNomination(ObjectKey pod) => _nominations.RemoveAll(entry => entry.Pod.Key == pod);

    /// <summary>Takes in an object that was added or has changed.</summary>
    public void Apply(IApiObject item)
    {
        if (item is Node node)
        {
            _cache.Apply(node);
        }
        else if (item is Pod pod)
        {
            Apply(pod);
        }
        else
        {
            _objects = _objects.Objects.Any(other => IsSame(other, item.Kind, ObjectKey.Of(item))) ? _objects.Replace(item) : _objects.Add(item);
        }
    }

    /// <summary>Takes note that an object is gone.</summary>
    public void Delete(ApiKind kind, ObjectKey key)
    {
        if (kind.Type == typeof(Node))
        {
            _cache.RemoveNode(key.Name);
        }
        else if (kind.Type == typeof(Pod))
        {
            DeletePod(key);
        }
        else
        {
            _objects = K124.Sim.Cluster.Of(_objects.Objects.Where(other => !IsSame(other, kind.Kind, key)));
        }
    }

    public ReferenceDecision Schedule(Pod pod) => Decide(pod, _options.PercentageOfNodesToScore ?? _options.Configuration.PercentageOfNodesToScore);

    /// <summary>Decides over all nodes and leaves everything as it was.</summary>
    public ReferenceDecision Explain(Pod pod) => Copy().Decide(pod, 100);

    /// <summary>Decides, and puts the pod on the chosen node.</summary>
    public ReferenceDecision Place(Pod pod)
    {
        var decision = Schedule(pod);
        if (decision.NodeName is { } node)
        {
            Assume(pod, node);
        }

        return decision;
    }

    public static IReadOnlyList<ReferenceStatus> FilterWithNominations(
        ReferenceAttempt attempt, ReferenceNode node, IEnumerable<(ReferencePod Pod, string NodeName)> nominations)
    {
        var others = nominations.Where(entry => entry.NodeName == node.Name && entry.Pod.Priority >= attempt.Pod.Priority && entry.Pod.Key != attempt.Pod.Key)
            .Select(static entry => entry.Pod).ToList();
        if (others.Count > 0)
        {
            var (crowdedAttempt, crowdedNode) = (attempt.Copy(), node.Copy());
            foreach (var other in others)
            {
                crowdedNode.Add(other);
                crowdedAttempt.Count(other, crowdedNode, 1);
            }

            if (crowdedAttempt.Filter(crowdedNode) is { Count: > 0 } failures)
            {
                return failures;
            }
        }

        return attempt.Filter(node);
    }

    public static string CodeOf(IReadOnlyList<ReferenceStatus> statuses) =>
        statuses.Any(static status => status.Code == ReferenceAttempt.Error) ? ReferenceAttempt.Error
        : statuses.Any(static status => status.Code == ReferenceAttempt.Uau) ? ReferenceAttempt.Uau
        : ReferenceAttempt.Unschedulable;

    public static string Histogram(IEnumerable<string> reasons) =>
        string.Join(", ", reasons.GroupBy(static reason => reason).Select(static group => $"{group.Count()} {group.Key}").Order(StringComparer.Ordinal));

    public static IEnumerable<(ReferenceNodeTerm Term, int Weight)> PreferredNodeTerms(NodeAffinity? affinity) =>
        (affinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [])
            .Where(static term => term.Weight != 0 && !ReferenceNodeTerm.IsEmpty(term.Preference))
            .Select(static term => (ReferenceNodeTerm.Parse(term.Preference), term.Weight));

    private void Apply(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        if (pod.Status.Phase is "Succeeded" or "Failed")
        {
            DeletePod(key);
        }
        else if (pod.Spec.NodeName.Length > 0)
        {
            DeletePod(key);
            _cache.Add(pod, pod.Spec.NodeName);
        }
        else if (_cache.NodeOf(key) is null)
        {
            UpdateNomination(pod);
        }
    }

    /// <summary>What the pod says decides; unless it never said anything, then a nomination that is known stays.</summary>
    private void UpdateNomination(Pod pod)
    {
        var known = _nominations.Find(entry => entry.Pod.Key == ObjectKey.Of(pod));
        var said = pod.Status.NominatedNodeName;
        var stays = said.Length == 0 && known.Pod is not null && known.Pod.Pod.Status.NominatedNodeName.Length == 0;
        ClearNomination(ObjectKey.Of(pod));
        if (said.Length > 0 || stays)
        {
            Nominate(pod, stays ? known.NodeName : said);
        }
    }

    private void DeletePod(ObjectKey key)
    {
        ClearNomination(key);
        if (_cache.NodeOf(key) is not null)
        {
            _cache.Remove(key);
        }
    }

    private static bool IsSame(IApiObject item, string kind, ObjectKey key) => item.Kind == kind && ObjectKey.Of(item) == key;

    private ReferenceDecision Decide(Pod podObject, int percentage)
    {
        _nodes = _cache.Snapshot();
        if (_nodes.Count == 0)
        {
            return new("Unschedulable", null, "no nodes available to schedule pods");
        }

        var pod = new ReferencePod(podObject);
        foreach (var term in pod.AllTerms)
        {
            term.ResolveNamespaces(_objects.Namespaces);
        }

        var names = NodeNames(podObject);
        var hard = Spread(podObject, "DoNotSchedule");
        var attempt = new ReferenceAttempt(pod, _options.Release, _nodes, [.. (hard ?? []).Select(pair => (WithMinDomains(pair.Constraint), pair.Selector))], LabelsOfNamespace, Profile.NodeAffinityArgs.AddedAffinity, VolumeFilter);
        var diagnosis = new List<(string Node, IReadOnlyList<ReferenceStatus> Statuses)>();
        ReferenceStatus? objection = names is { Count: 0 } ? new("NodeAffinity", ReferenceAttempt.Uau, ["pod affinity terms conflict"])
            : pod.Parses ? null : new("InterPodAffinity", ReferenceAttempt.Uau, ["parsing pod: "]);
        if (names is not { Count: 0 } && hard is null)
        {
            return new("Error", null, "running PreFilter plugin \"PodTopologySpread\": %!w(<nil>)");
        }

        if (objection is not null)
        {
            return Reject(attempt, _nodes.Select(node => (node.Name, (IReadOnlyList<ReferenceStatus>)[objection])).ToList());
        }

        var nominated = _nodes.FirstOrDefault(node => node.Name == podObject.Status.NominatedNodeName);
        if (nominated is not null)
        {
            _start = 0;
            var statuses = FilterWithNominations(attempt, nominated, _nominations);
            if (statuses.Count == 0)
            {
                return new("Scheduled", nominated.Name, "") { Feasible = [nominated.Name], Best = [nominated.Name] };
            }

            diagnosis.Add((nominated.Name, statuses));
        }

        if (names?.Order(StringComparer.Ordinal).FirstOrDefault(name => _nodes.All(node => node.Name != name)) is { } missing)
        {
            return new("Error", null, $"nodeinfo not found for node name \"{missing}\"");
        }

        var list = _nodes.Where(node => names is null || names.Contains(node.Name)).ToList();
        var (want, feasible) = (NodesToFind(list.Count, percentage), new List<ReferenceNode>());
        for (var i = 0; i < list.Count; i++)
        {
            var node = list[(_start + i) % list.Count];
            var statuses = FilterWithNominations(attempt, node, _nominations);
            if (statuses.Count == 0 && feasible.Count == want)
            {
                break;
            }

            if (statuses.Count == 0)
            {
                feasible.Add(node);
            }
            else if (node != nominated)
            {
                diagnosis.Add((node.Name, statuses));
            }
        }

        _start = (_start + feasible.Count + diagnosis.Count) % list.Count;
        return feasible.Count == 0 ? Reject(attempt, diagnosis) : Choose(attempt, feasible) with { Statuses = diagnosis };
    }

    private ReferenceDecision Choose(ReferenceAttempt attempt, List<ReferenceNode> feasible)
    {
        List<string> names = [.. feasible.Select(static node => node.Name)];
        if (feasible.Count == 1)
        {
            return new("Scheduled", names[0], "") { Feasible = names, Best = names };
        }

        if (PreferredNodeTerms(attempt.Pod.Pod.Spec.Affinity?.NodeAffinity).Any(static item => !item.Term.Parses))
        {
            return new("Error", null, "running PreScore plugin \"NodeAffinity\": ") { Feasible = names };
        }

        if (Spread(attempt.Pod.Pod, "ScheduleAnyway") is not { } soft)
        {
            return new("Error", null, "running PreScore plugin \"PodTopologySpread\": ") { Feasible = names };
        }

        var plugins = new ReferenceScoring(Profile, attempt, _nodes, feasible, soft, DefaultSelector(attempt.Pod.Pod), LabelsOfNamespace).All();
        var totals = names.Select((_, i) => plugins.Sum(plugin => plugin.Weight * plugin.Scores[i])).ToList();
        var best = names.Where((_, i) => totals[i] == totals.Max()).ToList();
        return new("Scheduled", Pick(best), "")
        {
            Feasible = names,
            Best = best,
            Scores = names.Select((name, i) => (name, (IReadOnlyList<(string, long, int)>)plugins.Select(plugin => (plugin.Plugin, plugin.Scores[i], plugin.Weight)).ToList())).ToList(),
        };
    }

    private ReferenceDecision Reject(ReferenceAttempt attempt, List<(string Node, IReadOnlyList<ReferenceStatus> Statuses)> diagnosis)
    {
        var preemption = ReferencePreemption.Run(attempt, _nodes, diagnosis, _nominations, _objects.PodDisruptionBudgets, Profile.DefaultPreemptionArgs, PickCandidate,
            potential => _options.DrawsPreemptionOffset && potential > 1 ? (int)_random.Next(potential) : 0);
        var reasons = Histogram(diagnosis.SelectMany(static entry => entry.Statuses).SelectMany(static status => status.Reasons));
        return new("Unschedulable", null, $"0/{_nodes.Count} nodes are available: {reasons}.{(preemption.Message.Length > 0 ? " " : "")}{preemption.Message}")
        {
            Statuses = diagnosis,
            Preemption = preemption,
        };
    }

    /// <summary>One of several best nodes, in the order in which they were found.</summary>
    /// <summary>Without the gate the field says nothing, with it an absent one says 1.</summary>
    private TopologySpreadConstraint WithMinDomains(TopologySpreadConstraint constraint) =>
        constraint with { MinDomains = _options.FeatureGates.IsEnabled("MinDomainsInPodTopologySpread") ? constraint.MinDomains ?? 1 : null };

    private string Pick(List<string> best) => _options.TieBreak switch
    {
        TieBreak.FirstByName => best.Min(StringComparer.Ordinal)!,
        TieBreak.Seeded when best.Count > 1 => best[(int)_random.Next(best.Count)],
        _ => best[0],
    };

    private ReferenceCandidate PickCandidate(List<ReferenceCandidate> best) => _options.TieBreak switch
    {
        TieBreak.FirstByName => best.MinBy(static candidate => candidate.NodeName, StringComparer.Ordinal)!,
        TieBreak.Seeded when best.Count > 1 => best[(int)_random.Next(best.Count)],
        _ => best[0],
    };

    /// <summary>The only nodes the pod names: null if it does not restrict them, empty if its terms conflict.</summary>
    private static HashSet<string>? NodeNames(Pod pod)
    {
        if (pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { NodeSelectorTerms: { IsEmpty: false } terms })
        {
            return null;
        }

        var union = new HashSet<string>();
        foreach (var term in terms)
        {
            var sets = term.MatchFields.Where(static field => field.Key == "metadata.name" && field.Operator == "In").Select(static field => field.Values.AsEnumerable()).ToList();
            if (sets.Count == 0)
            {
                return null;
            }

            var common = sets.Aggregate(static (left, right) => left.Intersect(right)).ToList();
            if (common.Count == 0)
            {
                return [];
            }

            union.UnionWith(common);
        }

        return union;
    }

    private static int NodesToFind(int count, int percentage) => count < 100 || percentage >= 100
        ? count
        : Math.Max(100, count * (percentage > 0 ? percentage : Math.Max(5, 50 - (count / 125))) / 100);

    private StringMap<string> LabelsOfNamespace(string name) => _objects.Namespaces.Find(name)?.Metadata.Labels ?? StringMap<string>.Empty;

    /// <summary>The pod's constraints of one kind, or the default ones; null if a selector does not parse.</summary>
    private List<(TopologySpreadConstraint Constraint, ReferenceSelector Selector)>? Spread(Pod pod, string whenUnsatisfiable)
    {
        if (!pod.Spec.TopologySpreadConstraints.IsEmpty)
        {
            var own = pod.Spec.TopologySpreadConstraints.Where(constraint => constraint.WhenUnsatisfiable == whenUnsatisfiable)
                .Select(static constraint => (constraint, ReferenceSelector.Parse(constraint.LabelSelector))).ToList();
            return own.Exists(static item => item.Item2 is null) ? null : own.ConvertAll(static item => (item.constraint, item.Item2!));
        }

        var selector = DefaultSelector(pod);
        return selector.IsEmpty ? [] : DefaultConstraints.Where(constraint => constraint.WhenUnsatisfiable == whenUnsatisfiable).Select(constraint => (constraint, selector)).ToList();
    }

    private IEnumerable<TopologySpreadConstraint> DefaultConstraints => Profile.PodTopologySpreadArgs.DefaultingType == PodTopologySpreadConstraintsDefaulting.List
        ? Profile.PodTopologySpreadArgs.DefaultConstraints
        :
        [
            new() { MaxSkew = 3, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "ScheduleAnyway" },
            new() { MaxSkew = 5, TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = "ScheduleAnyway" },
        ];

    private ReferenceSelector DefaultSelector(Pod pod)
    {
        var merged = new Dictionary<string, string>();
        foreach (var service in _objects.Services.Where(service => service.Metadata.Namespace == pod.Metadata.Namespace))
        {
            if (service.Spec.Selector is { } wanted && ReferenceSelector.Equal(wanted).Matches(pod.Metadata.Labels))
            {
                wanted.ToList().ForEach(pair => merged[pair.Key] = pair.Value);
            }
        }

        var owner = pod.Metadata.OwnerReferences.FirstOrDefault(static reference => reference.Controller == true);
        var key = new ObjectKey(pod.Metadata.Namespace, owner?.Name ?? "");
        if (owner is { Kind: "ReplicationController", ApiVersion: "v1" })
        {
            _objects.ReplicationControllers.Find(key)?.Spec.Selector.ToList().ForEach(pair => merged[pair.Key] = pair.Value);
        }

        var result = ReferenceSelector.Equal(merged.ToStringMap());
        var fromSet = owner switch
        {
            { Kind: "ReplicaSet", ApiVersion: "apps/v1" } when _objects.ReplicaSets.Find(key) is { } set => ReferenceSelector.Parse(set.Spec.Selector),
            { Kind: "StatefulSet", ApiVersion: "apps/v1" } when _objects.StatefulSets.Find(key) is { } set => ReferenceSelector.Parse(set.Spec.Selector),
            _ => null,
        };
        return fromSet is null ? result : result.And(fromSet);
    }
}
