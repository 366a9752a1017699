using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods near to, or away from, other pods, as either side asks.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/interpodaffinity; KEP-2249 for namespace selectors.</remarks>
internal sealed partial class InterPodAffinity(SchedulerState state, InterPodAffinityArgs args, int index)
    : IPreFilterPlugin, IPreFilterExtensions, IFilterPlugin, IScorePlugin
{
    public string Name => nameof(InterPodAffinity);

    public bool ReadsOnlyNode => false;

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
        for (; compiled.TermsSeen < state.Population.Terms.Count; compiled.TermsSeen++)
        {
            var term = state.Population.Terms[compiled.TermsSeen];
            if (!term.Term.Matches(pod.Labels, state.Population.LabelsOfNamespace(pod.Labels.Namespace)))
            {
                continue;
            }

            if (term.Kind == CarriedTermKind.RequiredAntiAffinity)
            {
                compiled.ExistingAnti.Add((term, compiled.ExistingAntiSumsFor(term.Domains)));
            }
            else
            {
                compiled.ExistingScoring.Add((term, term.Kind == CarriedTermKind.Preferred ? term.Weight : args.HardPodAffinityWeight, compiled.ScoresFor(term.Domains)));
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
        var compiled = new Compiled { Error = errors.Count == 0 ? null : "parsing pod: " + (errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]") };
        if (errors.Count > 0)
        {
            return compiled;
        }

        compiled.Affinity = [.. required.Select(term => compiled.AffinitySumsFor(state.Topology.Get(term.TopologyKey)))];
        compiled.AffinityTerms = [.. required];
        compiled.MeansItself = MatchesAll(required, pod.Labels);
        compiled.AffinityMatches = required.Count == 0
            ? null
            : CounterOf("all", new Items<PodAffinityTerm>(affinity!.PodAffinity!.RequiredDuringSchedulingIgnoredDuringExecution), pod, pods => MatchesAll(required, pods));
        compiled.AntiAffinity = [.. anti.Select((term, i) => new IncomingTerm(
            term,
            CounterOf("one", affinity!.PodAntiAffinity!.RequiredDuringSchedulingIgnoredDuringExecution[i], pod, pods => Matches(term, pods)),
            0,
            compiled.AntiAffinitySumsFor(state.Topology.Get(term.TopologyKey))))];
        compiled.Preferred =
        [
            .. near.Select((term, i) => Preferred(compiled, pod, term, affinity!.PodAffinity!.PreferredDuringSchedulingIgnoredDuringExecution[i], 1)),
            .. far.Select((term, i) => Preferred(compiled, pod, term, affinity!.PodAntiAffinity!.PreferredDuringSchedulingIgnoredDuringExecution[i], -1)),
        ];
        return compiled;
    }

    private static IEnumerable<PodAffinityTerm> Terms(ImmutableArray<WeightedPodAffinityTerm>? weighted) =>
        (weighted ?? []).Select(static term => term.PodAffinityTerm);

    private IncomingTerm Preferred(Compiled compiled, PodClass pod, AffinityTerm term, WeightedPodAffinityTerm source, int sign) => new(
        term,
        CounterOf("one", source.PodAffinityTerm, pod, pods => Matches(term, pods)),
        sign * source.Weight,
        compiled.ScoresFor(state.Topology.Get(term.TopologyKey)));

    private MatchCounter CounterOf(string form, object terms, PodClass pod, Func<LabelClass, bool> matches) =>
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

    private bool Matches(AffinityTerm term, LabelClass pods) => term.Matches(pods, state.Population.LabelsOfNamespace(pods.Namespace));

    private bool MatchesAll(IReadOnlyCollection<AffinityTerm> terms, LabelClass pods) => terms.Count > 0 && terms.All(term => Matches(term, pods));

    /// <summary>What the plugin keeps for a class, and the sums of one attempt.</summary>
    private sealed class Compiled
    {
        private readonly List<DomainSums> _affinity = [];
        private readonly List<DomainSums> _antiAffinity = [];
        private readonly List<DomainSums> _existingAnti = [];
        private readonly List<DomainSums> _scores = [];

        public string? Error { get; init; }

        /// <summary>Sums that each required affinity term looks at; terms of one key share theirs.</summary>
        public DomainSums[] Affinity { get; set; } = [];

        public AffinityTerm[] AffinityTerms { get; set; } = [];

        /// <summary>Pods by node that all required affinity terms mean.</summary>
        public MatchCounter? AffinityMatches { get; set; }

        /// <summary>True if all required affinity terms mean the pod itself.</summary>
        public bool MeansItself { get; set; }

        public IncomingTerm[] AntiAffinity { get; set; } = [];

        public IncomingTerm[] Preferred { get; set; } = [];

        /// <summary>How many of the population's terms have been sorted.</summary>
        public int TermsSeen { get; set; }

        /// <summary>Required anti-affinity terms of other pods that mean this class.</summary>
        public List<(CarriedTerm Term, DomainSums Sums)> ExistingAnti { get; } = [];

        /// <summary>Other terms of other pods that mean this class, with what each pod adds to a score.</summary>
        public List<(CarriedTerm Term, int Weight, DomainSums Sums)> ExistingScoring { get; } = [];

        public List<DomainSums> AffinitySums => _affinity;

        public List<DomainSums> AntiAffinitySums => _antiAffinity;

        public List<DomainSums> ExistingAntiSums => _existingAnti;

        public List<DomainSums> Scores => _scores;

        public DomainSums AffinitySumsFor(TopologyDomains domains) => For(_affinity, domains);

        public DomainSums AntiAffinitySumsFor(TopologyDomains domains) => For(_antiAffinity, domains);

        public DomainSums ExistingAntiSumsFor(TopologyDomains domains) => For(_existingAnti, domains);

        public DomainSums ScoresFor(TopologyDomains domains) => For(_scores, domains);

        private static DomainSums For(List<DomainSums> all, TopologyDomains domains)
        {
            var sums = all.Find(candidate => candidate.Domains == domains);
            if (sums is null)
            {
                all.Add(sums = new(domains));
            }

            return sums;
        }
    }

    /// <summary>A term of the incoming pod, with the pods by node that it means.</summary>
    private sealed record IncomingTerm(AffinityTerm Term, MatchCounter Counter, int Weight, DomainSums Sums);
}
