using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Planning.Bounds;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Planning.Internal;

/// <summary>Pods as a packing problem: shapes that ask for the same, and what nodes take them.</summary>
/// <remarks>Counts what no order of decisions can avoid: resources, the number of pods of a node, host ports, required anti-affinity to one's own kind on a node, node
/// selectors and taints. Spread constraints, affinity, volumes and what pods of the cluster keep away are left out, so that bounds get lower but stay true.</remarks>
internal sealed class Demand
{
    private const string HostnameLabel = "kubernetes.io/hostname";

    private readonly SchedulerProfile _profile;
    private readonly ResourceNames _names = new(countsEphemeralStorage: true);
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<Shape> _shapes = [];
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(PodSpec Spec, StringMap<string> Labels), int> _known = new(KindComparer.Instance);

    /// <summary>Takes in pods.</summary>
    /// <param name="pods">The pods, as they were admitted.</param>
    /// <param name="options">How the scheduler decides: what its profile does not look at does not count.</param>
    public Demand(IEnumerable<Pod> pods, SchedulerOptions options)
    {
        _profile = options.Configuration.Profiles[0];
        foreach (var pod in pods)
        {
            var index = IndexOf(pod);
            _shapes[index] = _shapes[index] with { Count = _shapes[index].Count + 1 };
        }
    }

    /// <summary>The resources, in the order of amounts.</summary>
    public string[] Resources => [.. _columns.OrderBy(static column => column.Value).Select(static column => column.Key)];

    /// <summary>The shapes.</summary>
    public PackingShape[] Shapes => [.. _shapes.Select(shape => new PackingShape(shape.Name, shape.Count, Widened(shape.Requests)))];

    /// <summary>Which shapes a node takes, whatever room it has.</summary>
    public bool[] AcceptedBy(Node node) => [.. _shapes.Select(shape => IsAccepted(shape, node))];

    /// <summary>The shape of a pod that was taken in.</summary>
    public int ShapeOf(Pod pod) => IndexOf(pod);

    /// <summary>Whether a node takes a shape, whatever room it has.</summary>
    public bool IsAccepted(int shape, Node node) => IsAccepted(_shapes[shape], node);

    /// <summary>A node's room for the shapes: amounts by the names of resources, and one unit of what is one a node.</summary>
    public long[] CapacityOf(Func<string, long> amountOf)
    {
        var capacity = new long[_columns.Count];
        foreach (var (name, column) in _columns)
        {
            capacity[column] = name.Contains(OneEach, StringComparison.Ordinal) ? 1 : Math.Max(0, amountOf(name));
        }

        return capacity;
    }

    /// <summary>Marks what is one a node: a host port, a pod of a kind that keeps its like away.</summary>
    private const string OneEach = "one a node: ";

    private bool Looks(string plugin) => _profile.Plugins.Filter.Contains(plugin);

    private int IndexOf(Pod pod)
    {
        if (_known.TryGetValue((pod.Spec, pod.Metadata.Labels), out var known))
        {
            return known;
        }

        var requests = RequestsOf(pod);
        var key = KeyOf(pod, requests);
        if (!_byKey.TryGetValue(key, out var index))
        {
            index = _shapes.Count;
            _byKey.Add(key, index);
            _shapes.Add(new(pod, NameOf(pod), requests, 0, new RequiredNodeAffinity(pod.Spec)));
        }

        _known.Add((pod.Spec, pod.Metadata.Labels), index);
        return index;
    }

    private Dictionary<int, long> RequestsOf(Pod pod)
    {
        var requests = new Dictionary<int, long>();
        if (Looks("NodeResourcesFit"))
        {
            var asked = PodRequests.Of(pod, _names);
            Ask(ResourceNames.PodsName, 1);
            Ask(ResourceNames.CpuName, asked.CpuMilli);
            Ask(ResourceNames.MemoryName, asked.MemoryBytes);
            Ask(ResourceNames.EphemeralStorageName, asked.EphemeralStorageBytes);
            foreach (var scalar in asked.Scalars)
            {
                Ask(_names[scalar.Resource], IsIgnored(_names[scalar.Resource]) ? 0 : scalar.Amount);
            }
        }

        if (Looks("NodePorts"))
        {
            foreach (var port in pod.Spec.Containers.SelectMany(static container => container.Ports).Where(static port => port.HostPort > 0 && port.HostIP is "" or "0.0.0.0"))
            {
                if (port.HostPort > 0)
                {
                    Ask(string.Create(CultureInfo.InvariantCulture, $"{OneEach}host port {port.HostPort}/{(port.Protocol.Length == 0 ? "TCP" : port.Protocol)}"), 1);
                }
            }
        }

        foreach (var term in Looks("InterPodAffinity") ? KeepingItsLikeAway(pod) : [])
        {
            Ask($"{OneEach}pods of {pod.Metadata.Namespace} with {TextOf(term.LabelSelector!)}", 1);
        }

        return requests;

        void Ask(string name, long amount)
        {
            if (amount > 0)
            {
                if (!_columns.TryGetValue(name, out var column))
                {
                    column = _columns.Count;
                    _columns.Add(name, column);
                }

                requests[column] = amount;
            }
        }
    }

    private bool IsIgnored(string name) => ResourceNames.IsExtended(name)
        && (_profile.NodeResourcesFitArgs.IgnoredResources.Contains(name)
            || _profile.NodeResourcesFitArgs.IgnoredResourceGroups.Contains(name[..name.IndexOf('/', StringComparison.Ordinal)]));

    private static IEnumerable<PodAffinityTerm> KeepingItsLikeAway(Pod pod) => (pod.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? []).Where(term =>
        term.TopologyKey == HostnameLabel && term.NamespaceSelector is null && (term.Namespaces.IsEmpty || term.Namespaces.Contains(pod.Metadata.Namespace))
        && term.LabelSelector?.Matches(pod.Metadata.Labels) == true);

    private static string TextOf(LabelSelector selector) => string.Join(
        ", ",
        [.. selector.MatchLabels.Select(static entry => $"{entry.Key}={entry.Value}"), .. selector.MatchExpressions.Select(static term => $"{term.Key} {term.Operator} ({string.Join(' ', term.Values)})")]);

    private static string KeyOf(Pod pod, Dictionary<int, long> requests)
    {
        var key = string.Join(' ', requests.OrderBy(static request => request.Key).Select(static request => string.Create(CultureInfo.InvariantCulture, $"{request.Key}:{request.Value}")));
        var place = new PodSpec { NodeSelector = pod.Spec.NodeSelector, Tolerations = pod.Spec.Tolerations };
        if (pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            place = place with { Affinity = new() { NodeAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = required } } };
        }

        return $"{key} {KubernetesJson.Serialize(new Pod { Spec = place })}";
    }

    private static string NameOf(Pod pod) => ControllerReference.ControllerOf(pod) is { } owner ? $"{pod.Metadata.Namespace}/{owner.Name}" : ObjectKey.Of(pod).ToString();

    private bool IsAccepted(Shape shape, Node node)
    {
        var spec = shape.Sample.Spec;
        if (Looks("NodeAffinity") && !shape.Affinity.Matches(node))
        {
            return false;
        }

        if (Looks("NodeUnschedulable") && node.Spec.Unschedulable && !spec.Tolerations.Any(static toleration => toleration.Tolerates(Cordon)))
        {
            return false;
        }

        return !Looks("TaintToleration")
            || node.Spec.Taints.All(taint => taint.Effect is not ("NoSchedule" or "NoExecute") || spec.Tolerations.Any(toleration => toleration.Tolerates(taint)));
    }

    private long[] Widened(Dictionary<int, long> requests)
    {
        var wide = new long[_columns.Count];
        foreach (var (column, amount) in requests)
        {
            wide[column] = amount;
        }

        return wide;
    }

    private static readonly Taint Cordon = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    private sealed record Shape(Pod Sample, string Name, Dictionary<int, long> Requests, int Count, RequiredNodeAffinity Affinity);

    /// <summary>Pods of one template share their spec, and their labels.</summary>
    private sealed class KindComparer : IEqualityComparer<(PodSpec Spec, StringMap<string> Labels)>
    {
        public static KindComparer Instance { get; } = new();

        public bool Equals((PodSpec Spec, StringMap<string> Labels) left, (PodSpec Spec, StringMap<string> Labels) right) =>
            ReferenceEquals(left.Spec, right.Spec) && ReferenceEquals(left.Labels, right.Labels);

        public int GetHashCode((PodSpec Spec, StringMap<string> Labels) kind) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(kind.Spec), System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(kind.Labels));
    }
}
