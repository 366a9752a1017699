using System.Numerics;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class PodTopologySpread : ITopologyPlugin
{
    private const long NoLabel = -1;

    private double[] _logarithms = [];

    public TopologyFacet? FacetOf(PodClass pod) => CompiledOf(pod).Facet;

    private double LogOf(int number)
    {
        if (number >= _logarithms.Length)
        {
            var known = _logarithms.Length;
            Array.Resize(ref _logarithms, Math.Max(number + 1, 2 * known));
            for (var i = known; i < _logarithms.Length; i++)
            {
                _logarithms[i] = i < 1 ? 0 : FdlibmLog.Log(i);
            }
        }

        return _logarithms[number];
    }

    /// <summary>The constraints of a class on groups of nodes.</summary>
    /// <remarks>A group's state: whether its nodes count for the constraints that must hold, one number for each of their keys, one number for each
    /// constraint that is wished for. The number of a key with few domains is the domain, else its count; for a wish by hostname it is the count on the node.</remarks>
    private sealed class Facet(PodTopologySpread plugin, Hard hard, Soft soft) : TopologyFacet
    {
        private const int LacksLabel = 1;
        private const int IsSkewed = 2;

        private readonly int _softOffset = hard.Constraints.IsEmpty ? 0 : 1 + hard.Counts.Length;
        private readonly int[] _countsOf = [.. hard.Constraints.Select(constraint => Array.IndexOf(hard.Counts, hard.CountsOf(constraint)))];
        private readonly long[] _minimum = new long[hard.Counts.Length];
        private readonly bool[] _isHostname = [.. soft.Constraints.Select(static constraint => constraint.Domains.Key == HostnameKey)];
        private readonly SpreadPairs?[] _pairs = [.. soft.Constraints.Select(constraint => constraint.Domains.Key == HostnameKey ? null : soft.PairsOf(constraint))];

        public override int Width => _softOffset + soft.Constraints.Length;

        public override bool FollowsPods { get; } =
            Array.Exists(hard.Counts, static counts => counts.Sums.IsWide) || soft.Constraints.Any(constraint => constraint.Domains.Key == HostnameKey || soft.PairsOf(constraint).Sums.IsWide);

        public override bool Filters => _softOffset > 0;

        public override bool Scores => !soft.Constraints.IsEmpty;

        public override void WriteState(int row, Span<long> state)
        {
            if (_softOffset > 0)
            {
                state[0] = hard.Eligible[row] ? 1 : 0;
                for (var i = 0; i < hard.Counts.Length; i++)
                {
                    state[1 + i] = StateOf(hard.Counts[i].Sums, row);
                }
            }

            for (var i = 0; i < _pairs.Length; i++)
            {
                state[_softOffset + i] = _pairs[i] is { } pairs ? StateOf(pairs.Sums, row)
                    : soft.Constraints[i].Domains.Of[row] == TopologyDomains.None ? NoLabel
                    : soft.Constraints[i].MatchingOn(row);
            }
        }

        public override void Filter(List<NodeGroup> groups, int offset)
        {
            if (!Filters)
            {
                return;
            }

            for (var i = 0; i < _minimum.Length; i++)
            {
                _minimum[i] = hard.Counts[i].Sums.IsWide ? SmallestOf(groups, offset, i) : hard.Counts[i].Minimum();
            }

            foreach (var group in groups)
            {
                group.Verdict = (group.Verdict * Objections) + ObjectionTo(group.State.AsSpan(offset));
            }
        }

        public override void Score(SearchWindow window, int offset)
        {
            offset += _softOffset;
            var ignored = 0;
            foreach (var group in window.Groups)
            {
                ignored += IsIgnored(group, offset) ? window.CountFit(group) : 0;
            }

            foreach (var pairs in _pairs)
            {
                pairs?.Clear();
            }

            for (var i = 0; i < _pairs.Length; i++)
            {
                soft.Weights[i] = plugin.LogOf((_pairs[i] is { } pairs ? Register(window, offset, i, pairs) : window.Feasible - ignored) + 2);
            }

            foreach (var group in window.Groups)
            {
                group.Raw = IsIgnored(group, offset) ? 0 : Raw(group.State.AsSpan(offset));
            }

            Normalize(window, offset);
        }

        private static long StateOf(DomainCounter sums, int row)
        {
            var domain = sums.Domains.Of[row];
            return domain == TopologyDomains.None ? NoLabel : sums.IsWide ? sums.Of(row) : domain;
        }

        private static long SmallestOf(List<NodeGroup> groups, int offset, int counts)
        {
            long smallest = int.MaxValue;
            foreach (var group in groups)
            {
                if (group.Members > 0 && group.State[offset] != 0)
                {
                    smallest = Math.Min(smallest, group.State[offset + 1 + counts]);
                }
            }

            return smallest;
        }

        private int ObjectionTo(ReadOnlySpan<long> state)
        {
            for (var i = 0; i < _countsOf.Length; i++)
            {
                var counts = _countsOf[i];
                var number = state[1 + counts];
                if (number == NoLabel)
                {
                    return LacksLabel;
                }

                var sums = hard.Counts[counts].Sums;
                var count = sums.IsWide ? number : sums.OfDomain((int)number);
                if (count + (hard.SelectsItself[i] ? 1 : 0) - hard.Counts[counts].MinimumFor(hard.Constraints[i], _minimum[counts]) > hard.Constraints[i].MaxSkew)
                {
                    return IsSkewed;
                }
            }

            return 0;
        }

        private bool IsIgnored(NodeGroup group, int offset) => soft.RequiresAllKeys && group.State.AsSpan(offset, _pairs.Length).Contains(NoLabel);

        /// <summary>Notes the domains of a constraint's key among the feasible nodes.</summary>
        /// <returns>How many of them were not noted before.</returns>
        private int Register(SearchWindow window, int offset, int constraint, SpreadPairs pairs)
        {
            var added = 0;
            foreach (var group in window.Groups)
            {
                if (IsIgnored(group, offset))
                {
                    continue;
                }

                var number = group.State[offset + constraint];
                added += !pairs.Sums.IsWide || number == NoLabel
                    ? pairs.RegisterDomain(number == NoLabel ? TopologyDomains.EmptyValue : (int)number) ? 1 : 0
                    : RegisterEach(window, group, pairs);
            }

            return added;
        }

        private static int RegisterEach(SearchWindow window, NodeGroup group, SpreadPairs pairs)
        {
            var added = 0;
            var present = group.Column!.Present;
            for (var word = 0; word < present.Length; word++)
            {
                for (var bits = window.Within(word, present[word]); bits != 0; bits &= bits - 1)
                {
                    added += pairs.Register(window.RowAt((word << BlockedColumn.WordBits) + BitOperations.TrailingZeroCount(bits))) ? 1 : 0;
                }
            }

            return added;
        }

        private long Raw(ReadOnlySpan<long> state)
        {
            double score = 0;
            for (var i = 0; i < _pairs.Length; i++)
            {
                if (state[i] == NoLabel)
                {
                    continue;
                }

                var count = _pairs[i] is { Sums.IsWide: false } pairs ? pairs.Sums.OfDomain((int)state[i]) : state[i];
                score += ((double)count * soft.Weights[i]) + (double)(soft.Constraints[i].MaxSkew - 1);
            }

            return (long)Math.Round(score, MidpointRounding.AwayFromZero);
        }

        private void Normalize(SearchWindow window, int offset)
        {
            var (min, max) = (long.MaxValue, 0L);
            foreach (var group in window.Groups)
            {
                if (!IsIgnored(group, offset))
                {
                    min = Math.Min(min, group.Raw);
                    max = Math.Max(max, group.Raw);
                }
            }

            foreach (var group in window.Groups)
            {
                group.Raw = IsIgnored(group, offset) ? 0
                    : max == 0 ? Normalization.MaxNodeScore
                    : Normalization.MaxNodeScore * (max + min - group.Raw) / max;
            }
        }
    }
}
