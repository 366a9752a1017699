using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Reference;

/// <summary>The Score plugins of a profile, each over all feasible nodes.</summary>
public sealed class ReferenceScoring(
    SchedulerProfile profile,
    ReferenceAttempt attempt, IReadOnlyList<ReferenceNode> nodes, IReadOnlyList<ReferenceNode> feasible,
    IReadOnlyList<(TopologySpreadConstraint Constraint, ReferenceSelector Selector)> softSpread, Func<string, StringMap<string>> labelsOfNamespace)
{
    private const string Hostname = "kubernetes.io/hostname";
    private readonly ReferencePod _pod = attempt.Pod;

    public IReadOnlyList<(string Plugin, int Weight, long[] Scores)> All() =>
        profile.Plugins.Score.Select(plugin => (plugin.Name, plugin.Weight, ScoresOf(plugin.Name))).ToList();

    private long[] ScoresOf(string plugin) => plugin switch
    {
        "TaintToleration" => Normalized(TaintToleration, reverse: true),
        "NodeAffinity" => Normalized(NodeAffinity(), reverse: false),
        "NodeResourcesFit" => [.. feasible.Select(LeastAllocated)],
        "VolumeBinding" => new long[feasible.Count],
        "PodTopologySpread" => PodTopologySpread(),
        "InterPodAffinity" => InterPodAffinity(),
        "NodeResourcesBalancedAllocation" => [.. feasible.Select(BalancedAllocation)],
        "ImageLocality" => [.. feasible.Select(ImageLocality)],
        _ => throw new NotSupportedException($"The reference has no plugin '{plugin}'."),
    };

    private long[] Normalized(Func<ReferenceNode, long> score, bool reverse)
    {
        var raw = feasible.Select(score).ToArray();
        var max = raw.Max();
        return [.. raw.Select(value => max == 0 ? (reverse ? 100 : 0) : reverse ? 100 - (100 * value / max) : 100 * value / max)];
    }

    private long TaintToleration(ReferenceNode node)
    {
        var tolerations = _pod.Pod.Spec.Tolerations.Where(static t => t.Effect is "" or "PreferNoSchedule").ToList();
        return node.Node.Spec.Taints.Count(taint => taint.Effect == "PreferNoSchedule" && !tolerations.Any(t => ReferenceAttempt.Tolerates(t, taint)));
    }

    private Func<ReferenceNode, long> NodeAffinity()
    {
        var terms = ReferenceScheduler.PreferredNodeTerms(_pod.Pod).ToList();
        return node => terms.Where(item => item.Term.Matches(node.Node)).Sum(static item => (long)item.Weight);
    }

    private long LeastAllocated(ReferenceNode node)
    {
        var shares = new List<long>();
        foreach (var (resource, used) in new[] { ("cpu", node.NonZeroCpuMilli), ("memory", node.NonZeroMemoryBytes) })
        {
            var (all, wanted) = (node.Allocatable.GetValueOrDefault(resource), used + _pod.ScoreRequest(resource, nonZero: true));
            if (all != 0)
            {
                shares.Add(wanted > all ? 0 : (all - wanted) * 100 / all);
            }
        }

        return shares.Count == 0 ? 0 : shares.Sum() / shares.Count;
    }

    private long BalancedAllocation(ReferenceNode node)
    {
        var fractions = new[] { "cpu", "memory" }.Where(resource => node.Allocatable.GetValueOrDefault(resource) != 0)
            .Select(resource => Math.Min(
                1, (double)(node.Requested.GetValueOrDefault(resource) + _pod.ScoreRequest(resource, nonZero: false)) / node.Allocatable[resource]))
            .ToList();
        var deviation = fractions.Count < 2 ? 0 : Math.Abs((fractions[0] - fractions[1]) / 2);
        return (long)((1 - deviation) * 100);
    }

    private long ImageLocality(ReferenceNode node)
    {
        const long Mebibyte = 1 << 20;
        var containers = _pod.Pod.Spec.Containers;
        var (lowest, highest) = (23 * Mebibyte, 1000 * Mebibyte * containers.Length);
        var sum = containers.Select(static container => WithTag(container.Image))
            .Sum(name => node.Images.TryGetValue(name, out var image) ? (long)(image.SizeBytes * ((double)image.NodeCount / nodes.Count)) : 0);
        return 100 * (Math.Min(Math.Max(sum, lowest), Math.Max(highest, lowest)) - lowest) / (highest - lowest);
    }

    private static string WithTag(string image) => image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;

    private long[] PodTopologySpread()
    {
        var requireAll = !_pod.Pod.Spec.TopologySpreadConstraints.IsEmpty;
        bool HasAll(ReferenceNode node) => softSpread.All(item => node.Labels.ContainsKey(item.Constraint.TopologyKey));
        string ValueOf(ReferenceNode node, string key) => node.Labels.TryGetValue(key, out var value) ? value : "";
        var counted = feasible.Where(node => !requireAll || HasAll(node)).ToHashSet();
        var totals = new Dictionary<(string, string), long>();
        var sizes = softSpread.Select(item => item.Constraint.TopologyKey == Hostname
            ? counted.Count
            : feasible.Where(counted.Contains).Count(node => totals.TryAdd((item.Constraint.TopologyKey, ValueOf(node, item.Constraint.TopologyKey)), 0))).ToList();
        foreach (var node in nodes.Where(node => softSpread.Count > 0 && attempt.MatchesRequired(node.Node) && (!requireAll || HasAll(node))))
        {
            foreach (var (constraint, selector) in softSpread)
            {
                var pair = (constraint.TopologyKey, ValueOf(node, constraint.TopologyKey));
                if (totals.ContainsKey(pair))
                {
                    totals[pair] += attempt.CountMatching(node, selector);
                }
            }
        }

        long Raw(ReferenceNode node)
        {
            var sum = 0.0;
            foreach (var ((constraint, selector), size) in softSpread.Zip(sizes))
            {
                if (node.Labels.TryGetValue(constraint.TopologyKey, out var value))
                {
                    var count = constraint.TopologyKey == Hostname ? attempt.CountMatching(node, selector) : totals[(constraint.TopologyKey, value)];
                    sum += ((double)count * NaturalLogarithm(size + 2)) + (constraint.MaxSkew - 1);
                }
            }

            return (long)Math.Round(sum, MidpointRounding.AwayFromZero);
        }

        var raw = feasible.Select(node => counted.Contains(node) ? Raw(node) : (long?)null).ToList();
        var (min, max) = (raw.Min() ?? long.MaxValue, Math.Max(raw.Max() ?? 0, 0));
        return [.. raw.Select(value => value is not { } some ? 0 : max == 0 ? 100 : 100 * (max + min - some) / max)];
    }

    private static double NaturalLogarithm(double x)
    {
        var exponent = 0;
        for (; x >= Math.Sqrt(2); x /= 2)
        {
            exponent++;
        }

        var f = x - 1;
        var s = f / (2 + f);
        var s2 = s * s;
        var s4 = s2 * s2;
        var t1 = s2 * (6.666666666666735130e-01 + (s4 * (2.857142874366239149e-01 + (s4 * (1.818357216161805012e-01 + (s4 * 1.479819860511658591e-01))))));
        var t2 = s4 * (3.999999999940941908e-01 + (s4 * (2.222219843214978396e-01 + (s4 * 1.531383769920937332e-01))));
        var r = t1 + t2;
        var h = 0.5 * f * f;
        return (exponent * 6.93147180369123816490e-01) - (h - ((s * (h + r)) + (exponent * 1.90821492927058770002e-10)) - f);
    }

    private long[] InterPodAffinity()
    {
        var sums = new Dictionary<(string, string), long>();
        var ownLabels = labelsOfNamespace(_pod.Key.Namespace);
        foreach (var node in nodes)
        {
            void Add(ReferenceTerm term, long weight)
            {
                if (node.Labels.TryGetValue(term.TopologyKey, out var value))
                {
                    sums[(term.TopologyKey, value)] = sums.GetValueOrDefault((term.TopologyKey, value)) + weight;
                }
            }

            foreach (var other in _pod.PreferredAffinity.Count + _pod.PreferredAntiAffinity.Count > 0 ? node.Pods : node.PodsWithAffinity)
            {
                bool Attracts(ReferenceTerm term) => term.Matches(other.Pod, labelsOfNamespace(other.Key.Namespace));
                bool IsAttracted(ReferenceTerm term) => term.Matches(_pod.Pod, ownLabels);
                _pod.PreferredAffinity.Where(item => Attracts(item.Term)).ToList().ForEach(item => Add(item.Term, item.Weight));
                _pod.PreferredAntiAffinity.Where(item => Attracts(item.Term)).ToList().ForEach(item => Add(item.Term, -item.Weight));
                other.RequiredAffinity.Where(IsAttracted).ToList().ForEach(term => Add(term, profile.InterPodAffinityArgs.HardPodAffinityWeight));
                other.PreferredAffinity.Where(item => IsAttracted(item.Term)).ToList().ForEach(item => Add(item.Term, item.Weight));
                other.PreferredAntiAffinity.Where(item => IsAttracted(item.Term)).ToList().ForEach(item => Add(item.Term, -item.Weight));
            }
        }

        var raw = feasible.Select(node => node.Labels.Sum(pair => sums.GetValueOrDefault((pair.Key, pair.Value)))).ToList();
        var (min, range) = (raw.Min(), raw.Max() - raw.Min());
        return [.. raw.Select(value => range == 0 ? 0 : (long)(100.0 * ((double)(value - min) / range)))];
    }
}
