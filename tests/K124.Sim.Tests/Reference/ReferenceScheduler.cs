using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>The scheduler of 1.24 written to be read: every node, every plugin, at every decision.</summary>
public sealed class ReferenceScheduler
{
    private readonly Cluster _cluster;
    private readonly KubernetesRelease _release;
    private readonly int _percentage;
    private readonly List<ReferenceNode> _nodes;
    private readonly List<(ReferencePod Pod, string NodeName)> _nominations = [];
    private int _start;

    public ReferenceScheduler(Cluster cluster, KubernetesRelease release, int percentage = 0)
    {
        (_cluster, _release, _percentage) = (cluster, release, percentage);
        var nodes = cluster.Nodes.Select(static node => new ReferenceNode(node)).ToList();
        var zones = nodes.GroupBy(static node => ZoneKey(node.Node)).Select(static zone => zone.ToList()).ToList();
        _nodes = Enumerable.Range(0, nodes.Count)
            .SelectMany(round => zones.Where(zone => round < zone.Count).Select(zone => zone[round])).ToList();
        var images = new Dictionary<string, (long SizeBytes, int NodeCount)>();
        foreach (var node in nodes)
        {
            foreach (var (name, size) in node.Node.Status.Images.SelectMany(static image => image.Names.Select(name => (name, image.SizeBytes))).DistinctBy(static pair => pair.name))
            {
                images[name] = images.TryGetValue(name, out var known) ? (known.SizeBytes, known.NodeCount + 1) : (size, 1);
            }
        }

        // The snapshot stands for a cluster in which every node has been updated once since the last image came.
        foreach (var node in nodes)
        {
            foreach (var name in node.Node.Status.Images.SelectMany(static image => image.Names))
            {
                node.Images[name] = images[name];
            }
        }

        foreach (var pod in cluster.Pods.Where(static pod => pod.Status.Phase is not ("Succeeded" or "Failed")))
        {
            if (pod.Spec.NodeName.Length > 0)
            {
                nodes.Find(node => node.Name == pod.Spec.NodeName)?.Add(new(pod));
            }
            else if (pod.Status.NominatedNodeName.Length > 0)
            {
                Nominate(pod, pod.Status.NominatedNodeName);
            }
        }
    }

    public void Assume(Pod pod, string nodeName)
    {
        ClearNomination(ObjectKey.Of(pod));
        _nodes.Single(node => node.Name == nodeName).Add(new(pod));
    }

    public void Forget(ObjectKey pod)
    {
        var node = _nodes.Single(node => node.Pods.Any(other => other.Key == pod));
        node.Remove(node.Pods.Single(other => other.Key == pod));
    }

    public void Nominate(Pod pod, string nodeName)
    {
        ClearNomination(ObjectKey.Of(pod));
        _nominations.Add((new(pod), nodeName));
    }

    public void ClearNomination(ObjectKey pod) => _nominations.RemoveAll(entry => entry.Pod.Key == pod);

    public ReferenceDecision Schedule(Pod pod) => Decide(pod, _percentage);

    /// <summary>Decides over all nodes and leaves the rotation where it was.</summary>
    public ReferenceDecision Explain(Pod pod)
    {
        var start = _start;
        var decision = Decide(pod, 100);
        _start = start;
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
        statuses.Any(static status => status.Code == ReferenceAttempt.Uau) ? ReferenceAttempt.Uau : ReferenceAttempt.Unschedulable;

    public static string Histogram(IEnumerable<string> reasons) =>
        string.Join(", ", reasons.GroupBy(static reason => reason).Select(static group => $"{group.Count()} {group.Key}").Order(StringComparer.Ordinal));

    public static IEnumerable<(ReferenceNodeTerm Term, int Weight)> PreferredNodeTerms(Pod pod) =>
        (pod.Spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [])
            .Where(static term => term.Weight != 0 && !ReferenceNodeTerm.IsEmpty(term.Preference))
            .Select(static term => (ReferenceNodeTerm.Parse(term.Preference), term.Weight));

    private ReferenceDecision Decide(Pod podObject, int percentage)
    {
        if (_nodes.Count == 0)
        {
            return new("Unschedulable", null, "no nodes available to schedule pods");
        }

        var pod = new ReferencePod(podObject);
        foreach (var term in pod.AllTerms)
        {
            term.ResolveNamespaces(_cluster.Namespaces);
        }

        var names = NodeNames(podObject);
        var hard = Spread(podObject, "DoNotSchedule");
        var attempt = new ReferenceAttempt(pod, _release, _nodes, hard ?? [], LabelsOfNamespace);
        var diagnosis = new List<(string Node, IReadOnlyList<ReferenceStatus> Statuses)>();
        ReferenceStatus? objection = names is { Count: 0 } ? new("NodeAffinity", ReferenceAttempt.Uau, ["pod affinity terms conflict"])
            : pod.AllTerms.All(static term => term.Parses) ? null : new("InterPodAffinity", ReferenceAttempt.Uau, ["parsing pod: "]);
        if (names is not { Count: 0 } && hard is null)
        {
            return new("Error", null, "running PreFilter plugin \"PodTopologySpread\": %!w(<nil>)");
        }

        if (objection is not null)
        {
            return Reject(attempt, _nodes.Select(node => (node.Name, (IReadOnlyList<ReferenceStatus>)[objection])).ToList());
        }

        var nominated = _nodes.Find(node => node.Name == podObject.Status.NominatedNodeName);
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

        if (names?.Order(StringComparer.Ordinal).FirstOrDefault(name => _nodes.TrueForAll(node => node.Name != name)) is { } missing)
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

        if (PreferredNodeTerms(attempt.Pod.Pod).Any(static item => !item.Term.Parses))
        {
            return new("Error", null, "running PreScore plugin \"NodeAffinity\": ") { Feasible = names };
        }

        if (Spread(attempt.Pod.Pod, "ScheduleAnyway") is not { } soft)
        {
            return new("Error", null, "running PreScore plugin \"PodTopologySpread\": ") { Feasible = names };
        }

        var plugins = new ReferenceScoring(attempt, _nodes, feasible, soft, LabelsOfNamespace).All();
        var totals = names.Select((_, i) => plugins.Sum(plugin => plugin.Weight * plugin.Scores[i])).ToList();
        var best = names.Where((_, i) => totals[i] == totals.Max()).ToList();
        return new("Scheduled", best.Min(StringComparer.Ordinal), "")
        {
            Feasible = names,
            Best = best,
            Scores = names.Select((name, i) => (name, (IReadOnlyList<(string, long, int)>)plugins.Select(plugin => (plugin.Plugin, plugin.Scores[i], plugin.Weight)).ToList())).ToList(),
        };
    }

    private ReferenceDecision Reject(ReferenceAttempt attempt, List<(string Node, IReadOnlyList<ReferenceStatus> Statuses)> diagnosis)
    {
        var preemption = ReferencePreemption.Run(attempt, _nodes, diagnosis, _nominations, _cluster.PodDisruptionBudgets);
        var reasons = Histogram(diagnosis.SelectMany(static entry => entry.Statuses).SelectMany(static status => status.Reasons));
        return new("Unschedulable", null, $"0/{_nodes.Count} nodes are available: {reasons}.{(preemption.Message.Length > 0 ? " " : "")}{preemption.Message}")
        {
            Statuses = diagnosis,
            Preemption = preemption,
        };
    }

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

    private StringMap<string> LabelsOfNamespace(string name) => _cluster.Namespaces.Find(name)?.Metadata.Labels ?? StringMap<string>.Empty;

    /// <summary>The pod's constraints of one kind, or the default ones; null if a selector does not parse.</summary>
    private List<(TopologySpreadConstraint Constraint, ReferenceSelector Selector)>? Spread(Pod pod, string whenUnsatisfiable)
    {
        if (!pod.Spec.TopologySpreadConstraints.IsEmpty)
        {
            var own = pod.Spec.TopologySpreadConstraints.Where(constraint => constraint.WhenUnsatisfiable == whenUnsatisfiable)
                .Select(static constraint => (constraint, ReferenceSelector.Parse(constraint.LabelSelector))).ToList();
            return own.Exists(static item => item.Item2 is null) ? null : own.ConvertAll(static item => (item.constraint, item.Item2!));
        }

        var selector = whenUnsatisfiable == "DoNotSchedule" ? ReferenceSelector.Everything : DefaultSelector(pod);
        return selector.IsEmpty
            ? []
            : [(new() { MaxSkew = 3, TopologyKey = "kubernetes.io/hostname" }, selector), (new() { MaxSkew = 5, TopologyKey = "topology.kubernetes.io/zone" }, selector)];
    }

    private ReferenceSelector DefaultSelector(Pod pod)
    {
        var merged = new Dictionary<string, string>();
        foreach (var service in _cluster.Services.Where(service => service.Metadata.Namespace == pod.Metadata.Namespace))
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
            _cluster.ReplicationControllers.Find(key)?.Spec.Selector.ToList().ForEach(pair => merged[pair.Key] = pair.Value);
        }

        var result = ReferenceSelector.Equal(merged.ToStringMap());
        var fromSet = owner switch
        {
            { Kind: "ReplicaSet", ApiVersion: "apps/v1" } when _cluster.ReplicaSets.Find(key) is { } set => ReferenceSelector.Parse(set.Spec.Selector),
            { Kind: "StatefulSet", ApiVersion: "apps/v1" } when _cluster.StatefulSets.Find(key) is { } set => ReferenceSelector.Parse(set.Spec.Selector),
            _ => null,
        };
        return fromSet is null ? result : result.And(fromSet);
    }

    private static string ZoneKey(Node node)
    {
        string Label(string name) => node.Metadata.Labels.TryGetValue($"failure-domain.beta.kubernetes.io/{name}", out var old) ? old
            : node.Metadata.Labels.TryGetValue($"topology.kubernetes.io/{name}", out var value) ? value : "";
        var (region, zone) = (Label("region"), Label("zone"));
        return region.Length + zone.Length == 0 ? "" : $"{region}:\0:{zone}";
    }
}
