using System.Collections.Immutable;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class PodTopologySpread
{
    private static readonly PluginStatus TooSkewed =
        new(nameof(PodTopologySpread), StatusCode.Unschedulable, "node(s) didn't match pod topology spread constraints");

    private static readonly PluginStatus MissingLabel = new(
        nameof(PodTopologySpread),
        StatusCode.UnschedulableAndUnresolvable,
        "node(s) didn't match pod topology spread constraints (missing required label)");

    public bool IsSettled(PodClass pod) => true;

    public PreFilterResult PreFilter(PodClass pod)
    {
        var hard = HardOf(pod);
        if (hard.Error is { } error)
        {
            return new(new(Name, StatusCode.Error, error), null);
        }

        pod.Counters!.CatchUp();
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

            var self = hard.SelectsItself[i];
            var counts = hard.CountsOf(constraint);
            if (counts.Sums.Of(row) + (self ? 1 : 0) - counts.MinimumFor(constraint, counts.Minimum()) > constraint.MaxSkew)
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
            if (constraint.Selects(entry.Kind.Labels))
            {
                hard.CountsOf(constraint).Sums.Add(entry.Row, amount);
            }
        }
    }

    /// <summary>The constraints that must hold.</summary>
    private sealed class Hard
    {
        public Hard(PodClass pod, ImmutableArray<SpreadConstraint> constraints, string? error, RowFlags eligible, RowFlags hasAllKeys)
        {
            Constraints = constraints;
            Error = error;
            Eligible = eligible;
            HasAllKeys = hasAllKeys;
            SelectsItself = [.. constraints.Select(constraint => constraint.SelectsLabels(pod.Labels.Labels))];
            Counts = [.. constraints.Select(static constraint => constraint.Domains).Distinct().Select(domains => new SpreadCounts(domains, eligible))];
            foreach (var constraint in constraints)
            {
                CountsOf(constraint).Sums.Include(constraint.Matching, 1);
            }

            foreach (var counts in Counts)
            {
                pod.Counters!.Add(counts.Sums);
            }
        }

        public ImmutableArray<SpreadConstraint> Constraints { get; }

        public string? Error { get; }

        public RowFlags Eligible { get; }

        public RowFlags HasAllKeys { get; }

        public bool[] SelectsItself { get; }

        public SpreadCounts[] Counts { get; }

        public SpreadCounts CountsOf(SpreadConstraint constraint)
        {
            foreach (var counts in Counts)
            {
                if (counts.Sums.Domains == constraint.Domains)
                {
                    return counts;
                }
            }

            throw new InvalidOperationException($"No counts for topology key {constraint.Domains.Key}.");
        }
    }

    /// <summary>Matching pods by domain of one key, over the nodes that count.</summary>
    private sealed class SpreadCounts(TopologyDomains domains, RowFlags eligible)
    {
        private int[]? _existing;
        private long _minimum;
        private int _version = -1;

        public DomainCounter Sums { get; } = new(domains, eligible);

        private int[] Existing => _existing ??= FindExisting();

        /// <summary>Lets the domains that exist be looked for again.</summary>
        public void ForgetDomains()
        {
            _existing = null;
            _version = -1;
        }

        /// <summary>The smallest count of any domain that exists; beyond every skew if none does.</summary>
        public long Minimum()
        {
            if (_version == Sums.Version)
            {
                return _minimum;
            }

            _version = Sums.Version;
            _minimum = int.MaxValue;
            foreach (var domain in Existing)
            {
                _minimum = Math.Min(_minimum, Sums.OfDomain(domain));
            }

            return _minimum;
        }

        /// <summary>What a constraint takes for the smallest count (KEP-3022).</summary>
        public long MinimumFor(SpreadConstraint constraint, long smallest) =>
            constraint.MinDomains > 0 && Existing.Length < constraint.MinDomains ? 0 : smallest;

        private int[] FindExisting()
        {
            var exists = new bool[domains.Count];
            for (var row = 0; row < eligible.Length; row++)
            {
                if (eligible[row])
                {
                    exists[domains.Of[row]] = true;
                }
            }

            return [.. Enumerable.Range(0, exists.Length).Where(domain => exists[domain])];
        }
    }
}
