using System.Collections.Immutable;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class PodTopologySpread
{
    public string? PreScore(PodClass pod) => SoftOf(pod).Error is { } error
        ? $"calculating preScoreState: obtaining pod's soft topology spread constraints: {error}"
        : null;

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var soft = SoftOf(pod);
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

        soft.Count();
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

            var count = constraint.Domains.Key == HostnameKey ? constraint.Matching.On(row) : soft.PairsOf(constraint).Of(row);
            score += ((double)count * soft.Weights[i]) + (double)(constraint.MaxSkew - 1);
        }

        return (long)Math.Round(score, MidpointRounding.AwayFromZero);
    }

    /// <summary>The constraints that are wished for, and the counts of one attempt.</summary>
    private sealed class Soft(ImmutableArray<SpreadConstraint> constraints, string? error, bool requiresAllKeys, bool[] counted)
    {
        private readonly SpreadPairs[] _pairs =
            [.. constraints.Select(static constraint => constraint.Domains).Where(static domains => domains.Key != HostnameKey).Distinct().Select(static domains => new SpreadPairs(domains))];

        public ImmutableArray<SpreadConstraint> Constraints { get; } = constraints;

        public string? Error { get; } = error;

        public double[] Weights { get; } = new double[constraints.Length];

        /// <summary>Forgets the last attempt.</summary>
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
            if (!requiresAllKeys)
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

        public void Count()
        {
            foreach (var constraint in Constraints)
            {
                if (constraint.Domains.Key != HostnameKey)
                {
                    PairsOf(constraint).AddAll(constraint.Matching.PerNode, counted);
                }
            }
        }

        public SpreadPairs PairsOf(SpreadConstraint constraint)
        {
            foreach (var pairs in _pairs)
            {
                if (pairs.Domains == constraint.Domains)
                {
                    return pairs;
                }
            }

            throw new InvalidOperationException($"No counts for topology key {constraint.Domains.Key}.");
        }
    }

    /// <summary>The domains of one key among the feasible nodes, and the matching pods in each.</summary>
    /// <remarks>Nodes without the label share the domain of the empty value, as in 1.24.</remarks>
    private sealed class SpreadPairs(TopologyDomains domains)
    {
        private readonly bool[] _isRegistered = new bool[domains.Count];
        private readonly long[] _counts = new long[domains.Count];

        public TopologyDomains Domains { get; } = domains;

        public void Clear()
        {
            Array.Clear(_isRegistered);
            Array.Clear(_counts);
        }

        public bool Register(int row)
        {
            ref var isRegistered = ref _isRegistered[Slot(row)];
            var isNew = !isRegistered;
            isRegistered = true;
            return isNew;
        }

        public long Of(int row) => _counts[Slot(row)];

        public void AddAll(ReadOnlySpan<int> perNode, bool[] counted)
        {
            for (var row = 0; row < Math.Min(perNode.Length, counted.Length); row++)
            {
                if (counted[row] && _isRegistered[Slot(row)])
                {
                    _counts[Slot(row)] += perNode[row];
                }
            }
        }

        private int Slot(int row)
        {
            var domain = Domains.Of[row];
            return domain == TopologyDomains.None ? TopologyDomains.EmptyValue : domain;
        }
    }
}
