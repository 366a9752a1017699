using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Reference;

/// <summary>The Score plugins of a profile, each over all feasible nodes.</summary>
public sealed class ReferenceScoring(
    SchedulerProfile profile,
    ReferenceAttempt attempt, IReadOnlyList<ReferenceNode> nodes, IReadOnlyList<ReferenceNode> feasible,
    IReadOnlyList<(TopologySpreadConstraint Constraint, ReferenceSelector Selector)> softSpread, ReferenceSelector defaultSelector, Func<string, StringMap<string>> labelsOfNamespace)
{
    private const string Hostname = "kubernetes.io/hostname";
    private readonly ReferencePod _pod = attempt.Pod;

    public IReadOnlyList<(string Plugin, int Weight, long[] Scores)> All() =>
        profile.Plugins.Score.Select(plugin => (plugin.Name, plugin.Weight, ScoresOf(plugin.Name))).ToList();

    private long[] ScoresOf(string plugin) => plugin switch
    {
        "TaintToleration" => Normalized(TaintToleration, reverse: true),
        "NodeAffinity" => Normalized(NodeAffinity(), reverse: false),
        "NodeResourcesFit" => [.. feasible.Select(ResourcesFit)],
        "SelectorSpread" => SelectorSpread(),
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
        var terms = new[] { _pod.Pod.Spec.Affinity?.NodeAffinity, profile.NodeAffinityArgs.AddedAffinity }.SelectMany(ReferenceScheduler.PreferredNodeTerms).ToList();
        return node => terms.Where(item => item.Term.Matches(node.Node)).Sum(static item => (long)item.Weight);
    }

    /// <summary>The resources that count on a node: what is there, and what would be asked of it with the pod.</summary>
    private List<(long Allocatable, long Wanted, long Weight)> Resources(ReferenceNode node, IEnumerable<ResourceSpec> resources, bool nonZero)
    {
        var found = new List<(long, long, long)>();
        foreach (var (name, weight) in resources)
        {
            var asked = _pod.ScoreRequest(name, nonZero);
            var used = (name, nonZero) switch
            {
                ("cpu", true) => node.NonZeroCpuMilli,
                ("memory", true) => node.NonZeroMemoryBytes,
                _ => node.Requested.GetValueOrDefault(name),
            };
            var isLeftOut = name is not ("cpu" or "memory" or "ephemeral-storage") && asked == 0;
            if (!isLeftOut && node.Allocatable.GetValueOrDefault(name) is not 0 and var all)
            {
                found.Add((all, used + asked, weight));
            }
        }

        return found;
    }

    private long ResourcesFit(ReferenceNode node)
    {
        var strategy = profile.NodeResourcesFitArgs.ScoringStrategy;
        var resources = Resources(node, strategy.Resources, nonZero: true);
        if (strategy.Type == ScoringStrategyType.RequestedToCapacityRatio)
        {
            var scored = resources.Select(item => (Score: Shape(strategy, item.Wanted > item.Allocatable ? 100 : item.Wanted * 100 / item.Allocatable), item.Weight)).Where(static item => item.Score > 0).ToList();
            return scored.Count == 0 ? 0 : (long)Math.Round((double)scored.Sum(static item => item.Score * item.Weight) / scored.Sum(static item => item.Weight), MidpointRounding.AwayFromZero);
        }

        var shares = resources.Select(item => item.Weight * (strategy.Type == ScoringStrategyType.MostAllocated
            ? Math.Min(item.Wanted, item.Allocatable) * 100 / item.Allocatable
            : item.Wanted > item.Allocatable ? 0 : (item.Allocatable - item.Wanted) * 100 / item.Allocatable));
        return resources.Count == 0 ? 0 : shares.Sum() / resources.Sum(static item => item.Weight);
    }

    private static long Shape(ScoringStrategy strategy, long percent)
    {
        var points = strategy.Shape;
        if (percent <= points[0].Utilization)
        {
            return 10 * points[0].Score;
        }

        foreach (var (left, right) in points.Zip(points.Skip(1)))
        {
            if (percent <= right.Utilization)
            {
                return (10 * left.Score) + (10 * (right.Score - left.Score) * (percent - left.Utilization) / (right.Utilization - left.Utilization));
            }
        }

        return 10 * points[^1].Score;
    }

    private long BalancedAllocation(ReferenceNode node)
    {
        var fractions = Resources(node, profile.NodeResourcesBalancedAllocationArgs.Resources, nonZero: false).Select(static item => Math.Min(1, (double)item.Wanted / item.Allocatable)).ToList();
        var mean = 0.0;
        fractions.ForEach(fraction => mean += fraction);
        mean /= Math.Max(1, fractions.Count);
        var squares = 0.0;
        fractions.ForEach(fraction => squares += (fraction - mean) * (fraction - mean));
        var deviation = fractions.Count switch
        {
            < 2 => 0,
            2 => Math.Abs((fractions[0] - fractions[1]) / 2),
            _ => Math.Sqrt(squares / fractions.Count),
        };
        return (long)((1 - deviation) * 100);
    }

    private long[] SelectorSpread()
    {
        if (!_pod.Pod.Spec.TopologySpreadConstraints.IsEmpty)
        {
            return new long[feasible.Count];
        }

        var raw = feasible.Select(node => defaultSelector.IsEmpty ? 0 : attempt.CountMatching(node, defaultSelector)).ToList();
        var zones = feasible.Select(static node => ReferenceCache.ZoneKey(node.Node)).ToList();
        var byZone = zones.Zip(raw).Where(static item => item.First.Length > 0).GroupBy(static item => item.First).ToDictionary(static zone => zone.Key, static zone => zone.Sum(static item => item.Second));
        var (most, mostOfZone) = (raw.Max(), byZone.Count == 0 ? 0 : byZone.Values.Max());
        return [.. raw.Zip(zones).Select(item =>
        {
            var score = most == 0 ? 100.0 : 100.0 * ((double)(most - item.First) / most);
            if (item.Second.Length > 0)
            {
                var zone = mostOfZone == 0 ? 100.0 : 100.0 * ((double)(mostOfZone - byZone[item.Second]) / mostOfZone);
                score = (score * (1.0 - (2.0 / 3.0))) + (2.0 / 3.0 * zone);
            }

            return (long)score;
        })];
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
        var requireAll = !_pod.Pod.Spec.TopologySpreadConstraints.IsEmpty || profile.PodTopologySpreadArgs.DefaultingType == PodTopologySpreadConstraintsDefaulting.List;
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
