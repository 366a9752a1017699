using K124.Sim.Model;

namespace K124.Sim.Tests.Properties;

/// <summary>Checks placements by what the objects ask for, knowing nothing of how a scheduler works.</summary>
internal sealed class PlacementChecker(Cluster cluster)
{
    private readonly List<(Pod Pod, Node Node)> _placements = [];

    public IReadOnlyList<(Pod Pod, Node Node)> Placements => _placements;

    public void Put(Pod pod, string nodeName) => _placements.Add((pod, cluster.Nodes.Find(nodeName)!));

    public void Take(ObjectKey key) => _placements.RemoveAll(item => ObjectKey.Of(item.Pod) == key);

    /// <summary>What is wrong with the placements as they are, whoever came first.</summary>
    public IEnumerable<string> Faults() =>
    [
        .. cluster.Nodes.SelectMany(Overcommitments), .. _placements.SelectMany(item => NodeFaults(item.Pod, item.Node)), .. _placements.SelectMany(item => PodFaults(item.Pod, item.Node)),
    ];

    /// <summary>What is wrong with how a pod that was just placed is spread.</summary>
    public IEnumerable<string> SpreadFaults(Pod pod, string nodeName)
    {
        var hard = pod.Spec.TopologySpreadConstraints.Where(static constraint => constraint.WhenUnsatisfiable == "DoNotSchedule").ToList();
        var eligible = cluster.Nodes.Where(node => Selects(pod, node) && hard.TrueForAll(constraint => node.Metadata.Labels.ContainsKey(constraint.TopologyKey))).ToList();
        foreach (var constraint in hard)
        {
            bool Matches(Pod other) => other.Metadata.Namespace == pod.Metadata.Namespace && constraint.LabelSelector?.Matches(other.Metadata.Labels) == true;
            var counts = eligible.GroupBy(node => node.Metadata.Labels[constraint.TopologyKey])
                .ToDictionary(static domain => domain.Key, domain => _placements.Count(item => domain.Contains(item.Node) && Matches(item.Pod)));
            var own = cluster.Nodes.Find(nodeName)!.Metadata.Labels[constraint.TopologyKey];

            // The least crowded domain is the one before the pod came.
            var least = counts.Min(domain => domain.Value - (domain.Key == own && Matches(pod) ? 1 : 0));
            if (counts[own] - least > constraint.MaxSkew)
            {
                yield return $"{Name(pod)} on {nodeName} makes {constraint.TopologyKey}={own} hold {counts[own]} where another holds {least}";
            }
        }
    }

    private IEnumerable<string> Overcommitments(Node node)
    {
        var pods = _placements.Where(item => item.Node == node).Select(static item => item.Pod).ToList();
        if (pods.Count > Amount(node, "pods", milli: false))
        {
            yield return $"{node.Metadata.Name} has {pods.Count} pods";
        }

        foreach (var resource in pods.SelectMany(static pod => pod.Spec.Containers).SelectMany(static container => container.Resources.Requests.Keys).Distinct())
        {
            var (asked, has) = (pods.Sum(pod => Request(pod, resource)), Amount(node, resource, resource == "cpu"));
            if (asked > has)
            {
                yield return $"{node.Metadata.Name} has {has} {resource}, of which {asked} are asked for";
            }
        }

        var ports = pods.SelectMany(static pod => pod.Spec.Containers.SelectMany(static container => container.Ports).Where(static port => port.HostPort > 0).Select(port => (Pod: pod, Port: port))).ToList();
        foreach (var (first, second) in ports.SelectMany(first => ports.Where(second => first.Pod != second.Pod && Conflict(first.Port, second.Port)).Select(second => (first, second))))
        {
            yield return $"{Name(first.Pod)} and {Name(second.Pod)} share a host port of {node.Metadata.Name}";
        }
    }

    private static IEnumerable<string> NodeFaults(Pod pod, Node node)
    {
        if (!Selects(pod, node))
        {
            yield return $"{Name(pod)} does not select {node.Metadata.Name}";
        }

        var cordon = node.Spec.Unschedulable ? [new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" }] : Array.Empty<Taint>();
        foreach (var taint in node.Spec.Taints.Where(static taint => taint.Effect is "NoSchedule" or "NoExecute").Concat(cordon).Where(taint => !pod.Spec.Tolerations.Any(toleration => toleration.Tolerates(taint))))
        {
            yield return $"{Name(pod)} does not tolerate {taint.Key} of {node.Metadata.Name}";
        }
    }

    private IEnumerable<string> PodFaults(Pod pod, Node node)
    {
        foreach (var term in pod.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
        {
            foreach (var (other, _) in Neighbours(node, term.TopologyKey).Where(item => item.Pod != pod && Matches(pod, term, item.Pod)))
            {
                yield return $"{Name(pod)} repels {Name(other)}, which is in its {term.TopologyKey}";
            }
        }

        foreach (var term in pod.Spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
        {
            if (!Neighbours(node, term.TopologyKey).Any(item => Matches(pod, term, item.Pod)))
            {
                yield return $"{Name(pod)} finds nobody in its {term.TopologyKey}";
            }
        }
    }

    private IEnumerable<(Pod Pod, Node Node)> Neighbours(Node node, string key) => node.Metadata.Labels.TryGetValue(key, out var value)
        ? _placements.Where(item => item.Node.Metadata.Labels.TryGetValue(key, out var other) && other == value)
        : [];

    private bool Matches(Pod owner, PodAffinityTerm term, Pod other)
    {
        var isNear = term.Namespaces.IsEmpty && term.NamespaceSelector is null
            ? other.Metadata.Namespace == owner.Metadata.Namespace
            : term.Namespaces.Contains(other.Metadata.Namespace)
                || term.NamespaceSelector?.Matches(cluster.Namespaces.Find(other.Metadata.Namespace)?.Metadata.Labels ?? StringMap<string>.Empty) == true;
        return isNear && term.LabelSelector?.Matches(other.Metadata.Labels) == true;
    }

    private static bool Selects(Pod pod, Node node) =>
        pod.Spec.NodeSelector.All(pair => node.Metadata.Labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.Matches(node) != false;

    private static bool Conflict(ContainerPort first, ContainerPort second)
    {
        static string IP(ContainerPort port) => port.HostIP.Length == 0 ? "0.0.0.0" : port.HostIP;
        static string Protocol(ContainerPort port) => port.Protocol.Length == 0 ? "TCP" : port.Protocol;
        return first.HostPort == second.HostPort && Protocol(first) == Protocol(second) && (IP(first) == IP(second) || IP(first) == "0.0.0.0" || IP(second) == "0.0.0.0");
    }

    private static long Request(Pod pod, string resource)
    {
        long Of(StringMap<Quantity> amounts) => amounts.TryGetValue(resource, out var amount) ? resource == "cpu" ? amount.MilliValue() : amount.Value() : 0;
        return Math.Max(pod.Spec.Containers.Sum(container => Of(container.Resources.Requests)), pod.Spec.InitContainers.Select(container => Of(container.Resources.Requests)).Append(0).Max())
            + Of(pod.Spec.Overhead);
    }

    private static long Amount(Node node, string resource, bool milli) =>
        node.Status.Allocatable.TryGetValue(resource, out var amount) ? milli ? amount.MilliValue() : amount.Value() : 0;

    private static string Name(Pod pod) => pod.Metadata.Name;
}
