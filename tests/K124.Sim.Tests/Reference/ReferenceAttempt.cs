using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>A plugin's verdict on a node.</summary>
public sealed record ReferenceStatus(string Plugin, string Code, IReadOnlyList<string> Reasons)
{
    public override string ToString() => $"{Plugin}: {Code} ({string.Join(", ", Reasons)})";
}

/// <summary>What the Filter plugins know of one attempt: computed by PreFilter, changed where pods are added or removed.</summary>
public sealed class ReferenceAttempt
{
    public const string Uau = "UnschedulableAndUnresolvable";
    public const string Unschedulable = "Unschedulable";
    public const string Error = "Error";

    private readonly KubernetesRelease _release;
    private readonly IReadOnlyList<ReferenceNodeTerm>? _requiredTerms;
    private readonly IReadOnlyList<ReferenceNodeTerm>? _addedTerms;
    private readonly StringMap<string> _namespaceLabels;
    private readonly Func<string, StringMap<string>> _labelsOfNamespace;
    private readonly Dictionary<(string Key, string Value), int> _spread;
    private readonly ILookup<string, string> _domains;
    private readonly Func<Pod, ReferenceNode, ReferenceStatus?>? _volumeFilter;
    private readonly Dictionary<(string Key, string Value), int> _existingAnti;
    private readonly Dictionary<(string Key, string Value), int> _affinity;
    private readonly Dictionary<(string Key, string Value), int> _anti;

    public ReferenceAttempt(
        ReferencePod pod, KubernetesRelease release, IReadOnlyList<ReferenceNode> nodes,
        IReadOnlyList<(TopologySpreadConstraint Constraint, ReferenceSelector Selector)> hardSpread, Func<string, StringMap<string>> labelsOfNamespace,
        NodeAffinity? addedAffinity = null, Func<Pod, ReferenceNode, ReferenceStatus?>? volumeFilter = null)
    {
        Pod = pod;
        _volumeFilter = volumeFilter;
        _release = release;
        HardSpread = hardSpread;
        _labelsOfNamespace = labelsOfNamespace;
        _namespaceLabels = labelsOfNamespace(pod.Pod.Metadata.Namespace);
        _requiredTerms = RequiredTerms(pod.Pod.Spec.Affinity?.NodeAffinity);
        _addedTerms = RequiredTerms(addedAffinity);
        (_spread, _existingAnti, _affinity, _anti) = ([], [], [], []);
        foreach (var node in nodes)
        {
            if (HardSpread.Count > 0 && HasSpreadLabels(node) && MatchesRequired(node.Node))
            {
                foreach (var (constraint, selector) in HardSpread)
                {
                    var pair = (constraint.TopologyKey, node.Labels[constraint.TopologyKey]);
                    _spread[pair] = _spread.GetValueOrDefault(pair) + CountMatching(node, selector);
                }
            }

            foreach (var other in HasRequiredTerms ? node.Pods : node.PodsWithRequiredAntiAffinity)
            {
                CountAffinity(other, node, 1);
            }
        }

        // Counted once: pods that are added later make no domain of their own.
        _domains = _spread.Keys.ToLookup(static pair => pair.Key, static pair => pair.Value);
    }

    private ReferenceAttempt(ReferenceAttempt original)
    {
        Pod = original.Pod;
        _volumeFilter = original._volumeFilter;
        _release = original._release;
        HardSpread = original.HardSpread;
        _domains = original._domains;
        _labelsOfNamespace = original._labelsOfNamespace;
        _namespaceLabels = original._namespaceLabels;
        _requiredTerms = original._requiredTerms;
        _addedTerms = original._addedTerms;
        _spread = new(original._spread);
        _existingAnti = new(original._existingAnti);
        _affinity = new(original._affinity);
        _anti = new(original._anti);
    }

    public ReferencePod Pod { get; }

    public IReadOnlyList<(TopologySpreadConstraint Constraint, ReferenceSelector Selector)> HardSpread { get; }

    private bool HasRequiredTerms => Pod.RequiredAffinity.Count + Pod.RequiredAntiAffinity.Count > 0;

    public ReferenceAttempt Copy() => new(this);

    public void Count(ReferencePod other, ReferenceNode node, int delta)
    {
        if (HardSpread.Count > 0 && SameNamespace(other) && HasSpreadLabels(node)
            && (!_release.SpreadIgnoresNominationsOnExcludedNodes || MatchesRequired(node.Node)))
        {
            foreach (var (constraint, _) in HardSpread.Where(item => item.Selector.Matches(other.Labels)))
            {
                var pair = (constraint.TopologyKey, node.Labels[constraint.TopologyKey]);
                _spread[pair] = _spread.GetValueOrDefault(pair) + delta;
            }
        }

        CountAffinity(other, node, delta);
    }

    public IReadOnlyList<ReferenceStatus> Filter(ReferenceNode node)
    {
        List<ReferenceStatus>? failures = null;
        foreach (var status in Verdicts(node).OfType<ReferenceStatus>())
        {
            (failures ??= []).Add(status);
            if (_release.StopsAtFirstFailingFilter)
            {
                break;
            }
        }

        return failures ?? [];
    }

    public bool MatchesRequired(Node node) =>
        Pod.Pod.Spec.NodeSelector.All(pair => node.Metadata.Labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && (_requiredTerms is null || _requiredTerms.Any(term => term.Matches(node)));

    public int CountMatching(ReferenceNode node, ReferenceSelector selector) =>
        node.Pods.Count(other => SameNamespace(other) && !other.IsTerminating && selector.Matches(other.Labels));

    private IEnumerable<ReferenceStatus?> Verdicts(ReferenceNode node)
    {
        yield return NodeUnschedulable(node);
        yield return NodeName(node);
        yield return TaintToleration(node);
        yield return NodeAffinity(node);
        yield return NodePorts(node);
        yield return NodeResourcesFit(node);
        yield return _volumeFilter?.Invoke(Pod.Pod, node);
        yield return PodTopologySpread(node);
        yield return InterPodAffinity(node);
    }

    private bool SameNamespace(ReferencePod other) => other.Key.Namespace == Pod.Key.Namespace;

    private bool HasSpreadLabels(ReferenceNode node) => HardSpread.All(item => node.Labels.ContainsKey(item.Constraint.TopologyKey));

    private void CountAffinity(ReferencePod other, ReferenceNode node, int delta)
    {
        void Change(Dictionary<(string, string), int> counts, IEnumerable<ReferenceTerm> terms)
        {
            foreach (var term in terms)
            {
                if (node.Labels.TryGetValue(term.TopologyKey, out var value))
                {
                    var pair = (term.TopologyKey, value);
                    counts[pair] = counts.GetValueOrDefault(pair) + delta;
                    if (counts[pair] == 0)
                    {
                        counts.Remove(pair);
                    }
                }
            }
        }

        Change(_existingAnti, other.RequiredAntiAffinity.Where(term => term.Matches(Pod.Pod, _namespaceLabels)));
        if (HasRequiredTerms)
        {
            var labels = _labelsOfNamespace(other.Key.Namespace);
            if (Pod.RequiredAffinity.All(term => term.Matches(other.Pod, labels)))
            {
                Change(_affinity, Pod.RequiredAffinity);
            }

            Change(_anti, Pod.RequiredAntiAffinity.Where(term => term.Matches(other.Pod, labels)));
        }
    }

    private ReferenceStatus? NodeUnschedulable(ReferenceNode node) =>
        node.Node.Spec.Unschedulable
        && !Pod.Pod.Spec.Tolerations.Any(static t => Tolerates(t, new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" }))
            ? new("NodeUnschedulable", Uau, ["node(s) were unschedulable"])
            : null;

    private ReferenceStatus? NodeName(ReferenceNode node) =>
        Pod.Pod.Spec.NodeName.Length > 0 && Pod.Pod.Spec.NodeName != node.Name
            ? new("NodeName", Uau, ["node(s) didn't match the requested node name"])
            : null;

    private ReferenceStatus? TaintToleration(ReferenceNode node) =>
        node.Node.Spec.Taints.FirstOrDefault(taint => taint.Effect is "NoSchedule" or "NoExecute" && !Pod.Pod.Spec.Tolerations.Any(t => Tolerates(t, taint))) is { } found
            ? new("TaintToleration", Uau, [$"node(s) had untolerated taint {{{found.Key}: {found.Value}}}"])
            : null;

    public static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 || toleration.Key == taint.Key)
        && (toleration.Operator == "Exists" || (toleration.Operator is "" or "Equal" && toleration.Value == taint.Value));

    private static List<ReferenceNodeTerm>? RequiredTerms(NodeAffinity? affinity) => affinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms
        .Where(static term => !ReferenceNodeTerm.IsEmpty(term)).Select(ReferenceNodeTerm.Parse).ToList();

    private ReferenceStatus? NodeAffinity(ReferenceNode node) =>
        _addedTerms is not null && !_addedTerms.Any(term => term.Matches(node.Node)) ? new("NodeAffinity", Uau, ["node(s) didn't match scheduler-enforced node affinity"])
        : MatchesRequired(node.Node) ? null : new("NodeAffinity", Uau, ["node(s) didn't match Pod's node affinity/selector"]);

    private ReferenceStatus? NodePorts(ReferenceNode node) =>
        Pod.HostPorts.Count > 0 && Pod.HostPorts.Any(wanted => node.UsedPorts.Any(used =>
            used.Protocol == wanted.Protocol && used.Port == wanted.Port && (wanted.IP == "0.0.0.0" || used.IP == "0.0.0.0" || used.IP == wanted.IP)))
            ? new("NodePorts", Unschedulable, ["node(s) didn't have free ports for the requested pod ports"])
            : null;

    private ReferenceStatus? NodeResourcesFit(ReferenceNode node)
    {
        List<string>? reasons = null;
        if (node.Pods.Count + 1 > node.AllowedPods)
        {
            reasons = ["Too many pods"];
        }

        if (Pod.RequestsAnything)
        {
            foreach (var (name, wanted) in Pod.FittedRequests)
            {
                if (wanted > node.Allocatable.GetValueOrDefault(name) - node.Requested.GetValueOrDefault(name))
                {
                    (reasons ??= []).Add($"Insufficient {name}");
                }
            }
        }

        return reasons is null ? null : new("NodeResourcesFit", Unschedulable, reasons);
    }

    private ReferenceStatus? PodTopologySpread(ReferenceNode node)
    {
        foreach (var (constraint, selector) in HardSpread)
        {
            var key = constraint.TopologyKey;
            if (!node.Labels.TryGetValue(key, out var value))
            {
                return new("PodTopologySpread", Uau, ["node(s) didn't match pod topology spread constraints (missing required label)"]);
            }

            var min = _domains[key].Count() < constraint.MinDomains ? 0
                : _spread.Where(pair => pair.Key.Key == key).Select(static pair => pair.Value).DefaultIfEmpty(int.MaxValue).Min();
            if ((long)_spread.GetValueOrDefault((key, value)) + (selector.Matches(Pod.Labels) ? 1 : 0) - min > constraint.MaxSkew)
            {
                return new("PodTopologySpread", Unschedulable, ["node(s) didn't match pod topology spread constraints"]);
            }
        }

        return null;
    }

    private ReferenceStatus? InterPodAffinity(ReferenceNode node)
    {
        bool Holds(Dictionary<(string, string), int> counts, ReferenceTerm term) =>
            node.Labels.TryGetValue(term.TopologyKey, out var value) && counts.GetValueOrDefault((term.TopologyKey, value)) > 0;

        var isFirstOfItsKind = Pod.RequiredAffinity.Count > 0 && _affinity.Count == 0 && Pod.RequiredAffinity.All(term => term.Matches(Pod.Pod, _namespaceLabels));
        if (Pod.RequiredAffinity.Any(term => !node.Labels.ContainsKey(term.TopologyKey))
            || (Pod.RequiredAffinity.Any(term => !Holds(_affinity, term)) && !isFirstOfItsKind))
        {
            return new("InterPodAffinity", Uau, ["node(s) didn't match pod affinity rules"]);
        }

        if (Pod.RequiredAntiAffinity.Any(term => Holds(_anti, term)))
        {
            return new("InterPodAffinity", Unschedulable, ["node(s) didn't match pod anti-affinity rules"]);
        }

        return _existingAnti.Count > 0 && node.Labels.Any(pair => _existingAnti.GetValueOrDefault((pair.Key, pair.Value)) > 0)
            ? new("InterPodAffinity", Unschedulable, ["node(s) didn't satisfy existing pods anti-affinity rules"])
            : null;
    }
}
