using System.Collections.Immutable;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class PodTopologySpread
{
    private static readonly PluginStatus TooSkewed =
        new(nameof(PodTopologySpread), StatusCode.Unschedulable, "node(s) didn't match pod topology spread constraints");

    private static readonly PluginStatus MissingLabel = new(
        nameof(PodTopologySpread),
        StatusCode.UnschedulableAndUnresolvable,
        "node(s) didn't match pod topology spread constraints (missing required label)");

    public PreFilterResult PreFilter(PodClass pod)
    {
        var hard = HardOf(pod);
        if (hard.Error is { } error)
        {
            return new(new(Name, StatusCode.Error, error), null);
        }

        hard.Count();
        return PreFilterResult.AllNodes;
    }

    public PluginStatus? Filter(PodClass pod, int row) => Filter(pod, HardOf(pod), row);

    public int Narrow(PodClass pod, Span<int> rows)
    {
        var hard = HardOf(pod);
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += Filter(pod, hard, row) is null ? 1 : 0;
        }

        return kept;
    }

    private static PluginStatus? Filter(PodClass pod, Hard hard, int row)
    {
        for (var i = 0; i < hard.Constraints.Length; i++)
        {
            var constraint = hard.Constraints[i];
            if (constraint.Domains.Of[row] == TopologyDomains.None)
            {
                return MissingLabel;
            }

            var self = hard.SelectsItself[i] ??= constraint.SelectsLabels(pod.Labels.Labels);
            var counts = hard.CountsOf(constraint);
            if (counts.Of(row) + (self ? 1 : 0) - counts.Minimum() > constraint.MaxSkew)
            {
                return TooSkewed;
            }
        }

        return null;
    }

    public void AddPod(PodClass pod, PodEntry added) => Follow(HardOf(pod), added, 1);

    public void RemovePod(PodClass pod, PodEntry removed) => Follow(HardOf(pod), removed, -1);

    // A terminating pod was never counted, yet taking it away subtracts it: so does 1.24.
    private void Follow(Hard hard, PodEntry entry, int amount)
    {
        if (hard.Constraints.IsEmpty || !(release.SpreadIgnoresNominationsOnExcludedNodes ? hard.Eligible : hard.HasAllKeys)[entry.Row])
        {
            return;
        }

        foreach (var constraint in hard.Constraints)
        {
            if (constraint.Selects(entry.Class.Labels))
            {
                hard.CountsOf(constraint).Add(entry.Row, amount);
            }
        }
    }

    /// <summary>The constraints that must hold, and the counts of one attempt.</summary>
    private sealed class Hard(ImmutableArray<SpreadConstraint> constraints, string? error, bool[] eligible, bool[] hasAllKeys)
    {
        private readonly SpreadCounts[] _counts =
            [.. constraints.Select(static constraint => constraint.Domains).Distinct().Select(domains => new SpreadCounts(domains, eligible))];

        public ImmutableArray<SpreadConstraint> Constraints { get; } = constraints;

        public string? Error { get; } = error;

        public bool[] Eligible { get; } = eligible;

        public bool[] HasAllKeys { get; } = hasAllKeys;

        public bool?[] SelectsItself { get; } = new bool?[constraints.Length];

        public void Count()
        {
            foreach (var counts in _counts)
            {
                counts.Clear();
            }

            foreach (var constraint in Constraints)
            {
                CountsOf(constraint).AddAll(constraint.Matching.PerNode, Eligible);
            }
        }

        public SpreadCounts CountsOf(SpreadConstraint constraint)
        {
            foreach (var counts in _counts)
            {
                if (counts.Domains == constraint.Domains)
                {
                    return counts;
                }
            }

            throw new InvalidOperationException($"No counts for topology key {constraint.Domains.Key}.");
        }
    }

    /// <summary>Matching pods by domain of one key, over the nodes that count.</summary>
    private sealed class SpreadCounts
    {
        private readonly long[] _counts;
        private readonly bool[] _exists;
        private long? _minimum;

        public SpreadCounts(TopologyDomains domains, bool[] eligible)
        {
            Domains = domains;
            _counts = new long[domains.Count];
            _exists = new bool[domains.Count];
            for (var row = 0; row < eligible.Length; row++)
            {
                if (eligible[row])
                {
                    _exists[domains.Of[row]] = true;
                }
            }
        }

        public TopologyDomains Domains { get; }

        public void Clear()
        {
            Array.Clear(_counts);
            _minimum = null;
        }

        public long Of(int row) => _counts[Domains.Of[row]];

        public void Add(int row, int amount)
        {
            _counts[Domains.Of[row]] += amount;
            _minimum = null;
        }

        public void AddAll(ReadOnlySpan<int> perNode, bool[] eligible)
        {
            for (var row = 0; row < Math.Min(perNode.Length, eligible.Length); row++)
            {
                if (eligible[row])
                {
                    _counts[Domains.Of[row]] += perNode[row];
                }
            }

            _minimum = null;
        }

        /// <summary>The smallest count of any domain that exists; beyond every skew if none does.</summary>
        public long Minimum()
        {
            if (_minimum is { } known)
            {
                return known;
            }

            long minimum = int.MaxValue;
            for (var domain = 0; domain < _counts.Length; domain++)
            {
                if (_exists[domain])
                {
                    minimum = Math.Min(minimum, _counts[domain]);
                }
            }

            _minimum = minimum;
            return minimum;
        }
    }
}
