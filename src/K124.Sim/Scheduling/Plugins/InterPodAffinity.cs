using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods near to, or away from, other pods, as either side asks.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/interpodaffinity; KEP-2249 for namespace selectors.</remarks>
internal sealed partial class InterPodAffinity(SchedulerState state, InterPodAffinityArgs args, int index)
    : IPreFilterPlugin, IPreFilterExtensions, IFilterPlugin, IScorePlugin
{
    public string Name => nameof(InterPodAffinity);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        var compiled = from.PluginData[index] as Compiled;
        to.PluginData[index] = compiled?.For(to.Counters!);
        return compiled?.IsIdle != false;
    }

    public PluginReads Reads => PluginReads.Topology;

    public bool IsActive(PodClass pod)
    {
        var compiled = CompiledOf(pod);
        return compiled.Affinity.Length > 0 || compiled.AntiAffinity.Length > 0 || compiled.ExistingAnti.Count > 0;
    }

    private Compiled CompiledOf(PodClass pod)
    {
        var compiled = (Compiled)(pod.PluginData[index] ??= Compile(pod));
        MeetNewTerms(pod, compiled);
        return compiled;
    }

    /// <summary>Sorts the terms that pods have begun to carry since the last look by whether they mean this class.</summary>
    private void MeetNewTerms(PodClass pod, Compiled compiled)
    {
        for (; compiled.TermsSeen < state.Population.TermCount; compiled.TermsSeen++)
        {
            var term = state.Population.Term(compiled.TermsSeen);
            if (compiled.Error is not null || !term.Term.Matches(pod.Labels, NamespaceLabelsOf(pod.Labels)))
            {
                continue;
            }

            var isAnti = term.Kind == CarriedTermKind.RequiredAntiAffinity;
            var domains = state.Topology.Get(term.Term.TopologyKey);
            var sums = isAnti ? compiled.ExistingAntiSumsFor(domains) : compiled.ScoresFor(domains);
            sums.Include(term, isAnti ? 1 : term.Kind == CarriedTermKind.Preferred ? term.Weight : args.HardPodAffinityWeight);
            pod.Counters!.Rebuild(sums);
            if (isAnti)
            {
                compiled.ExistingAnti.Add((term, sums));
            }
        }
    }

    private Compiled Compile(PodClass pod)
    {
        var affinity = pod.Spec.Affinity;
        var errors = new List<string>();
        var required = Resolve(affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [], "requiredAffinityTerms", pod, errors);
        var anti = Resolve(affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [], "requiredAntiAffinityTerms", pod, errors);
        var near = Resolve([.. Terms(affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution)], "preferredAffinityTerms", pod, errors);
        var far = Resolve([.. Terms(affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution)], "preferredAntiAffinityTerms", pod, errors);
        var compiled = new Compiled(pod.Counters!) { Error = errors.Count == 0 ? null : "parsing pod: " + (errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]") };
        if (errors.Count > 0)
        {
            return compiled;
        }

        compiled.Affinity = [.. required.Select(term => compiled.AffinitySumsFor(state.Topology.Get(term.TopologyKey)))];
        compiled.AffinityTerms = [.. required];
        compiled.MeansItself = MatchesAll(compiled.AffinityTerms, pod.Labels, NamespaceLabelsOf(pod.Labels));
        if (required.Count > 0)
        {
            var terms = compiled.AffinityTerms;
            var matches = CounterOf("all", new Items<PodAffinityTerm>(affinity!.PodAffinity!.RequiredDuringSchedulingIgnoredDuringExecution), pod, (pods, namespaceLabels) => MatchesAll(terms, pods, namespaceLabels));
            Array.ForEach(compiled.Affinity, sums => sums.Include(matches, 1));
        }

        compiled.AntiAffinity = [.. anti.Select(term => new IncomingTerm(term, compiled.AntiAffinitySumsFor(state.Topology.Get(term.TopologyKey))))];
        for (var i = 0; i < anti.Count; i++)
        {
            Count(compiled.AntiAffinity[i].Sums, pod, anti[i], affinity!.PodAntiAffinity!.RequiredDuringSchedulingIgnoredDuringExecution[i], 1);
        }

        for (var i = 0; i < near.Count; i++)
        {
            CountPreferred(compiled, pod, near[i], affinity!.PodAffinity!.PreferredDuringSchedulingIgnoredDuringExecution[i], 1);
        }

        for (var i = 0; i < far.Count; i++)
        {
            CountPreferred(compiled, pod, far[i], affinity!.PodAntiAffinity!.PreferredDuringSchedulingIgnoredDuringExecution[i], -1);
        }

        compiled.CountAll();
        return compiled;
    }

    private static IEnumerable<PodAffinityTerm> Terms(ImmutableArray<WeightedPodAffinityTerm>? weighted) =>
        (weighted ?? []).Select(static term => term.PodAffinityTerm);

    private void CountPreferred(Compiled compiled, PodClass pod, AffinityTerm term, WeightedPodAffinityTerm source, int sign) =>
        Count(compiled.ScoresFor(state.Topology.Get(term.TopologyKey)), pod, term, source.PodAffinityTerm, sign * source.Weight);

    private void Count(DomainCounter sums, PodClass pod, AffinityTerm term, PodAffinityTerm source, int weight) =>
        sums.Include(CounterOf("one", source, pod, term.Matches), weight);

    private MatchCounter CounterOf(string form, object terms, PodClass pod, Func<LabelClass, StringMap<string>, bool> matches) =>
        state.Population.Counter((nameof(InterPodAffinity), form, pod.Labels.Namespace, terms), matches);

    private List<AffinityTerm> Resolve(ImmutableArray<PodAffinityTerm> terms, string list, PodClass pod, List<string> errors)
    {
        var resolved = new List<AffinityTerm>(terms.Length);
        foreach (var term in terms)
        {
            if (AffinityTerm.TryCompile(term, pod.Labels.Namespace, out var error) is not { } compiled)
            {
                errors.Add($"{list}: {error}");
                break;
            }

            resolved.Add(compiled.Resolve(state.Population.Namespaces));
        }

        return resolved;
    }

    private static bool MatchesAll(ReadOnlySpan<AffinityTerm> terms, LabelClass pods, StringMap<string> namespaceLabels)
    {
        foreach (var term in terms)
        {
            if (!term.Matches(pods, namespaceLabels))
            {
                return false;
            }
        }

        return !terms.IsEmpty;
    }

    private StringMap<string> NamespaceLabelsOf(LabelClass pods) => state.Population.LabelsOfNamespace(pods.Namespace);

    /// <summary>What the plugin keeps for a class.</summary>
    private sealed class Compiled(ClassCounters counters)
    {
        public string? Error { get; init; }

        /// <summary>Counts that each required affinity term looks at; terms of one key share theirs.</summary>
        public DomainCounter[] Affinity { get; set; } = [];

        public AffinityTerm[] AffinityTerms { get; set; } = [];

        /// <summary>True if all required affinity terms mean the pod itself.</summary>
        public bool MeansItself { get; set; }

        public IncomingTerm[] AntiAffinity { get; set; } = [];

        /// <summary>How many of the population's terms have been sorted.</summary>
        public int TermsSeen { get; set; }

        /// <summary>Required anti-affinity terms of other pods that mean this class.</summary>
        public List<(CarriedTerm Term, DomainCounter Sums)> ExistingAnti { get; } = [];

        public List<DomainCounter> AffinitySums { get; } = [];

        public List<DomainCounter> AntiAffinitySums { get; } = [];

        public List<DomainCounter> ExistingAntiSums { get; } = [];

        public List<DomainCounter> Scores { get; } = [];

        /// <summary>The class on groups of nodes; null until asked for, and when other counts have come.</summary>
        public TopologyFacet? Facet { get; set; }

        /// <summary>Whether no term matters to the class.</summary>
        public bool IsIdle => AffinitySums.Count + AntiAffinitySums.Count + ExistingAntiSums.Count + Scores.Count == 0;

        /// <summary>Whether nobody is there that required affinity asks for, and it asks for the pod itself.</summary>
        public bool IsFirstOfItsKind => MeansItself && AffinitySums.TrueForAll(static sums => sums.NonZeroCount == 0);

        public DomainCounter AffinitySumsFor(TopologyDomains domains) => For(AffinitySums, domains);

        public DomainCounter AntiAffinitySumsFor(TopologyDomains domains) => For(AntiAffinitySums, domains);

        public DomainCounter ExistingAntiSumsFor(TopologyDomains domains) => For(ExistingAntiSums, domains);

        public DomainCounter ScoresFor(TopologyDomains domains) => For(Scores, domains);

        /// <summary>The same for a class with counters of its own; of terms that matter nothing is taken over.</summary>
        public Compiled For(ClassCounters others) => new(others) { Error = Error, AffinityTerms = AffinityTerms, MeansItself = MeansItself, TermsSeen = TermsSeen };

        /// <summary>Counts what counts now.</summary>
        public void CountAll()
        {
            foreach (var sums in AffinitySums.Concat(AntiAffinitySums).Concat(ExistingAntiSums).Concat(Scores))
            {
                counters.Rebuild(sums);
            }
        }

        private DomainCounter For(List<DomainCounter> all, TopologyDomains domains)
        {
            var sums = all.Find(candidate => candidate.Domains == domains);
            if (sums is null)
            {
                all.Add(sums = counters.Add(new(domains)));
                Facet = null;
            }

            return sums;
        }
    }

    /// <summary>A required anti-affinity term of the incoming pod, with the counts that it looks at.</summary>
    private sealed record IncomingTerm(AffinityTerm Term, DomainCounter Sums);
}
