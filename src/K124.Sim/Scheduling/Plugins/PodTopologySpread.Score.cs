using System.Collections.Immutable;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class PodTopologySpread
{
    public string? PreScore(PodClass pod) => SoftOf(pod).Error is { } error
        ? $"calculating preScoreState: obtaining pod's soft topology spread constraints: {error}"
        : null;

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var soft = SoftOf(pod);
        pod.Counters!.CatchUp();
        if (soft.Constraints.IsEmpty)
        {
            scores.Clear();
            return;
        }

        var ignoredCount = soft.Ignore(rows);
        var weights = soft.Weights;
        for (var i = 0; i < soft.Constraints.Length; i++)
        {
            var isHostname = soft.Constraints[i].Domains.Key == HostnameKey;
            weights[i] = FdlibmLog.Log((isHostname ? rows.Length - ignoredCount : soft.Register(i, rows)) + 2);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = soft.IsIgnored(rows[i]) ? 0 : Raw(soft, rows[i]);
        }
    }

    public void NormalizeScore(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var soft = SoftOf(pod);
        var min = long.MaxValue;
        long max = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (!soft.IsIgnored(rows[i]))
            {
                min = Math.Min(min, scores[i]);
                max = Math.Max(max, scores[i]);
            }
        }

        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = soft.IsIgnored(rows[i]) ? 0
                : max == 0 ? Normalization.MaxNodeScore
                : Normalization.MaxNodeScore * (max + min - scores[i]) / max;
        }
    }

    private static long Raw(Soft soft, int row)
    {
        double score = 0;
        for (var i = 0; i < soft.Constraints.Length; i++)
        {
            var constraint = soft.Constraints[i];
            if (constraint.Domains.Of[row] == TopologyDomains.None)
            {
                continue;
            }

            var count = constraint.Domains.Key == HostnameKey ? constraint.MatchingOn(row) : soft.PairsOf(constraint).Sums.Of(row);
            score += ((double)count * soft.Weights[i]) + (double)(constraint.MaxSkew - 1);
        }

        return (long)Math.Round(score, MidpointRounding.AwayFromZero);
    }

    /// <summary>The constraints that are wished for.</summary>
    private sealed class Soft
    {
        private readonly SpreadPairs[] _pairs;

        public Soft(PodClass pod, ImmutableArray<SpreadConstraint> constraints, string? error, bool requiresAllKeys, RowFlags counted)
        {
            Constraints = constraints;
            Error = error;
            Counted = counted;
            Weights = new double[constraints.Length];
            RequiresAllKeys = requiresAllKeys;
            _pairs = [.. constraints.Select(static constraint => constraint.Domains).Where(static domains => domains.Key != HostnameKey).Distinct().Select(domains => new SpreadPairs(domains, counted))];
            foreach (var constraint in constraints.Where(static constraint => constraint.Domains.Key != HostnameKey))
            {
                PairsOf(constraint).Sums.Include(constraint.Matching, 1);
            }

            foreach (var pairs in _pairs)
            {
                pod.Counters!.Add(pairs.Sums);
            }

            foreach (var constraint in constraints.Where(static constraint => constraint.Domains.Key == HostnameKey))
            {
                pod.Counters!.Watch(constraint.Matching);
            }
        }

        public ImmutableArray<SpreadConstraint> Constraints { get; }

        public string? Error { get; }

        /// <summary>Whether nodes that lack a key are ignored.</summary>
        public bool RequiresAllKeys { get; }

        /// <summary>The nodes whose pods count.</summary>
        public RowFlags Counted { get; }

        public double[] Weights { get; }

        /// <summary>Forgets the nodes of the last attempt.</summary>
        /// <returns>How many of the rows are ignored because they lack a key.</returns>
        public int Ignore(ReadOnlySpan<int> rows)
        {
            foreach (var pairs in _pairs)
            {
                pairs.Clear();
            }

            var ignored = 0;
            foreach (var row in rows)
            {
                ignored += IsIgnored(row) ? 1 : 0;
            }

            return ignored;
        }

        public bool IsIgnored(int row)
        {
            if (!RequiresAllKeys)
            {
                return false;
            }

            foreach (var constraint in Constraints)
            {
                if (constraint.Domains.Of[row] == TopologyDomains.None)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Notes the domains of a constraint's key among the rows.</summary>
        /// <returns>How many of them were not noted before.</returns>
        public int Register(int constraint, ReadOnlySpan<int> rows)
        {
            var pairs = PairsOf(Constraints[constraint]);
            var added = 0;
            foreach (var row in rows)
            {
                added += !IsIgnored(row) && pairs.Register(row) ? 1 : 0;
            }

            return added;
        }

        public SpreadPairs PairsOf(SpreadConstraint constraint)
        {
            foreach (var pairs in _pairs)
            {
                if (pairs.Sums.Domains == constraint.Domains)
                {
                    return pairs;
                }
            }

            throw new InvalidOperationException($"No counts for topology key {constraint.Domains.Key}.");
        }
    }

    /// <summary>Matching pods by domain of one key, and which domains there are among the feasible nodes.</summary>
    /// <remarks>Nodes without the label share the domain of the empty value, as in 1.24.</remarks>
    private sealed class SpreadPairs(TopologyDomains domains, RowFlags counted)
    {
        private bool[] _isRegistered = new bool[domains.Count];

        public DomainCounter Sums { get; } = new(domains, counted, countsUnlabelled: true);

        public void Clear()
        {
            if (_isRegistered.Length < domains.Count)
            {
                _isRegistered = new bool[domains.Count + (domains.Count >> 2)];
            }

            Array.Clear(_isRegistered);
        }

        public bool Register(int row) => RegisterDomain(Sums.DomainOf(row));

        public bool RegisterDomain(int domain)
        {
            ref var isRegistered = ref _isRegistered[domain];
            var isNew = !isRegistered;
            isRegistered = true;
            return isNew;
        }
    }
}
