using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>A pod with what is read off it once: requests, host ports and affinity terms.</summary>
public sealed class ReferencePod
{
    public const long DefaultCpuMilli = 100;
    public const long DefaultMemoryBytes = 209_715_200;

    public ReferencePod(Pod pod)
    {
        Pod = pod;
        Key = ObjectKey.Of(pod);
        foreach (var container in pod.Spec.Containers)
        {
            foreach (var (name, amount) in ReferenceResources.Known(container.Resources.Requests))
            {
                Requests[name] = Requests.GetValueOrDefault(name) + amount;
            }
        }

        foreach (var container in pod.Spec.InitContainers)
        {
            foreach (var (name, amount) in ReferenceResources.Known(container.Resources.Requests))
            {
                Requests[name] = Math.Max(Requests.GetValueOrDefault(name), amount);
            }
        }

        foreach (var (name, amount) in ReferenceResources.Known(pod.Spec.Overhead))
        {
            Requests[name] = Requests.GetValueOrDefault(name) + amount;
        }

        string[] native = ["cpu", "memory", "ephemeral-storage"];
        FittedRequests = native.Concat(Requests.Keys.Except(native)).Select(name => (name, Requests.GetValueOrDefault(name))).ToList();
        RequestsAnything = FittedRequests.Count > native.Length || FittedRequests.Any(static request => request.Amount != 0);
        var overhead = ReferenceResources.Known(pod.Spec.Overhead).ToDictionary();
        NonZeroCpuMilli = WithInit("cpu", DefaultCpuMilli) + overhead.GetValueOrDefault("cpu");
        NonZeroMemoryBytes = WithInit("memory", DefaultMemoryBytes) + overhead.GetValueOrDefault("memory");
        HostPorts = pod.Spec.Containers.SelectMany(static container => container.Ports).Where(static port => port.HostPort > 0)
            .Select(static port => (
                port.HostIP.Length == 0 ? "0.0.0.0" : port.HostIP,
                port.Protocol.Length == 0 ? "TCP" : port.Protocol,
                port.HostPort)).ToList();

        var affinity = pod.Spec.Affinity;
        RequiredAffinity = Terms(affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? []);
        RequiredAntiAffinity = Terms(affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? []);
        PreferredAffinity = Weighted(affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []);
        PreferredAntiAffinity = Weighted(affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []);
    }

    public Pod Pod { get; }

    public ObjectKey Key { get; }

    /// <summary>Whether every term parses. A list of terms in which one does not counts as empty.</summary>
    public bool Parses { get; private set; } = true;

    public int Priority => Pod.Spec.Priority ?? 0;

    public bool IsTerminating => Pod.Metadata.DeletionTimestamp is not null;

    public StringMap<string> Labels => Pod.Metadata.Labels;

    /// <summary>By resource, cpu in milli; holds an entry for a name requested as 0.</summary>
    public SortedDictionary<string, long> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>What has to fit: cpu, memory and ephemeral storage, asked for or not, then scalars.</summary>
    public IReadOnlyList<(string Name, long Amount)> FittedRequests { get; }

    /// <summary>Whether an amount is not 0, or a scalar is named.</summary>
    public bool RequestsAnything { get; }

    public long NonZeroCpuMilli { get; }

    public long NonZeroMemoryBytes { get; }

    public IReadOnlyList<(string IP, string Protocol, int Port)> HostPorts { get; }

    public IReadOnlyList<ReferenceTerm> RequiredAffinity { get; }

    public IReadOnlyList<ReferenceTerm> RequiredAntiAffinity { get; }

    public IReadOnlyList<(ReferenceTerm Term, int Weight)> PreferredAffinity { get; }

    public IReadOnlyList<(ReferenceTerm Term, int Weight)> PreferredAntiAffinity { get; }

    public IEnumerable<ReferenceTerm> AllTerms =>
        [.. RequiredAffinity, .. RequiredAntiAffinity, .. PreferredAffinity.Select(static t => t.Term), .. PreferredAntiAffinity.Select(static t => t.Term)];

    /// <summary>The request that score plugins see: the overhead counts in whole units even for cpu.</summary>
    public long ScoreRequest(string resource, bool nonZero) =>
        WithInit(resource, nonZero ? ReferenceResources.NonZeroDefault(resource) : 0)
        + (Pod.Spec.Overhead.TryGetValue(resource, out var overhead) ? overhead.Value() : 0);

    private long WithInit(string resource, long absent)
    {
        long Of(Container container) => container.Resources.Requests.TryGetValue(resource, out var amount) ? ReferenceResources.Amount(resource, amount) : absent;
        return Pod.Spec.InitContainers.Select(Of).Append(Pod.Spec.Containers.Sum(Of)).Max();
    }

    private List<ReferenceTerm> Terms(IEnumerable<PodAffinityTerm> terms) => IfAllParse(terms.Select(term => new ReferenceTerm(Pod, term)).ToList(), static term => term);

    private List<(ReferenceTerm Term, int Weight)> Weighted(IEnumerable<WeightedPodAffinityTerm> terms) =>
        IfAllParse(terms.Select(term => (Term: new ReferenceTerm(Pod, term.PodAffinityTerm), term.Weight)).ToList(), static item => item.Term);

    private List<T> IfAllParse<T>(List<T> items, Func<T, ReferenceTerm> term)
    {
        var parses = items.TrueForAll(item => term(item).Parses);
        Parses &= parses;
        return parses ? items : [];
    }
}

/// <summary>A pod-affinity term of a pod.</summary>
public sealed class ReferenceTerm
{
    private readonly HashSet<string> _namespaces;
    private ReferenceSelector _namespaceSelector;

    public ReferenceTerm(Pod pod, PodAffinityTerm term)
    {
        TopologyKey = term.TopologyKey;
        _namespaces = term.Namespaces.IsEmpty && term.NamespaceSelector is null ? [pod.Metadata.Namespace] : [.. term.Namespaces];
        var (selector, namespaceSelector) = (ReferenceSelector.Parse(term.LabelSelector), ReferenceSelector.Parse(term.NamespaceSelector));
        Parses = selector is not null && namespaceSelector is not null;
        Selector = selector ?? new(true, []);
        _namespaceSelector = namespaceSelector ?? new(true, []);
    }

    public string TopologyKey { get; }

    public bool Parses { get; }

    public ReferenceSelector Selector { get; }

    /// <summary>For a term of the incoming pod: turns a selector of namespaces into their names.</summary>
    public void ResolveNamespaces(IEnumerable<Namespace> namespaces)
    {
        if (!_namespaceSelector.MatchesNothing && !_namespaceSelector.IsEmpty)
        {
            _namespaces.UnionWith(namespaces.Where(item => _namespaceSelector.Matches(item.Metadata.Labels)).Select(static item => item.Metadata.Name));
            _namespaceSelector = new(true, []);
        }
    }

    public bool Matches(Pod pod, StringMap<string> namespaceLabels) =>
        (_namespaces.Contains(pod.Metadata.Namespace) || _namespaceSelector.Matches(namespaceLabels)) && Selector.Matches(pod.Metadata.Labels);
}
