using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class InterPodAffinity : ITopologyPlugin
{
    public TopologyFacet? FacetOf(PodClass pod)
    {
        var compiled = CompiledOf(pod);
        return compiled.IsIdle ? null : compiled.Facet ??= new Facet(compiled);
    }

    /// <summary>The terms of a class, and of other pods that mean it, on groups of nodes.</summary>
    /// <remarks>A group's state: for keys with many domains how affinity stands there, which anti-affinity is hurt, and the score; then the domain of
    /// each key with few.</remarks>
    private sealed class Facet : TopologyFacet
    {
        private const int AffinityState = 0;
        private const int BlockedState = 1;
        private const int ScoreState = 2;
        private const int FirstDomain = 3;

        private const int LacksAffinity = 1;
        private const int HurtsOwn = 2;
        private const int HurtsExisting = 3;

        private const long LacksKey = 0;
        private const long LacksPods = 1;
        private const long HasAllPods = 2;

        private readonly Compiled _compiled;
        private readonly List<TopologyDomains> _narrowKeys = [];
        private readonly DomainCounter[] _wideAffinity;
        private readonly DomainCounter[] _wideAnti;
        private readonly DomainCounter[] _wideExistingAnti;
        private readonly DomainCounter[] _wideScores;
        private readonly (DomainCounter Sums, int State)[] _affinity;
        private readonly (DomainCounter Sums, int State)[] _anti;
        private readonly (DomainCounter Sums, int State)[] _existingAnti;
        private readonly (DomainCounter Sums, int State)[] _scores;

        public Facet(Compiled compiled)
        {
            _compiled = compiled;
            _wideAffinity = [.. compiled.AffinitySums.Where(static sums => sums.IsWide)];
            _wideAnti = [.. compiled.AntiAffinitySums.Where(static sums => sums.IsWide)];
            _wideExistingAnti = [.. compiled.ExistingAntiSums.Where(static sums => sums.IsWide)];
            _wideScores = [.. compiled.Scores.Where(static sums => sums.IsWide)];
            _affinity = Narrow(compiled.AffinitySums);
            _anti = Narrow(compiled.AntiAffinitySums);
            _existingAnti = Narrow(compiled.ExistingAntiSums);
            _scores = Narrow(compiled.Scores);
        }

        public override int Width => FirstDomain + _narrowKeys.Count;

        public override bool FollowsPods => _wideAffinity.Length + _wideAnti.Length + _wideExistingAnti.Length + _wideScores.Length > 0;

        public override bool Filters => _compiled.AffinitySums.Count + _compiled.AntiAffinitySums.Count + _compiled.ExistingAntiSums.Count > 0;

        public override bool Scores => _compiled.Scores.Count > 0;

        public override void WriteState(int row, Span<long> state)
        {
            state[AffinityState] = HasAllPods;
            foreach (var sums in _wideAffinity)
            {
                var now = sums.Domains.Of[row] == TopologyDomains.None ? LacksKey : sums.Of(row) > 0 ? HasAllPods : LacksPods;
                state[AffinityState] = Math.Min(state[AffinityState], now);
            }

            state[BlockedState] = IsPositive(_wideAnti, row) ? HurtsOwn : IsPositive(_wideExistingAnti, row) ? HurtsExisting : 0;

            state[ScoreState] = 0;
            foreach (var sums in _wideScores)
            {
                state[ScoreState] += sums.Of(row);
            }

            for (var i = 0; i < _narrowKeys.Count; i++)
            {
                state[FirstDomain + i] = _narrowKeys[i].Of[row];
            }
        }

        public override void Filter(List<NodeGroup> groups, int offset)
        {
            var isFirst = _compiled.IsFirstOfItsKind;
            foreach (var group in groups)
            {
                var state = group.State.AsSpan(offset);
                group.Verdict = (group.Verdict * Objections) + (SatisfiesAffinity(state, isFirst) ? AntiAffinityOf(state) : LacksAffinity);
            }
        }

        /// <summary>Which anti-affinity is hurt; that of the pod itself comes first.</summary>
        private int AntiAffinityOf(ReadOnlySpan<long> state) =>
            state[BlockedState] == HurtsOwn || IsHurt(_anti, state) ? HurtsOwn
            : state[BlockedState] == HurtsExisting || IsHurt(_existingAnti, state) ? HurtsExisting
            : 0;

        public override void Score(SearchWindow window, int offset)
        {
            var (min, max) = (long.MaxValue, long.MinValue);
            foreach (var group in window.Groups)
            {
                var state = group.State.AsSpan(offset);
                group.Raw = state[ScoreState];
                foreach (var (sums, key) in _scores)
                {
                    group.Raw += SumOf(sums, state[key]);
                }

                min = Math.Min(min, group.Raw);
                max = Math.Max(max, group.Raw);
            }

            foreach (var group in window.Groups)
            {
                group.Raw = Scale(group.Raw, min, max);
            }
        }

        private static long SumOf(DomainCounter sums, long domain) => domain == TopologyDomains.None ? 0 : sums.OfDomain((int)domain);

        private bool SatisfiesAffinity(ReadOnlySpan<long> state, bool isFirst)
        {
            var stands = state[AffinityState];
            foreach (var (sums, key) in _affinity)
            {
                var now = state[key] == TopologyDomains.None ? LacksKey : SumOf(sums, state[key]) > 0 ? HasAllPods : LacksPods;
                stands = Math.Min(stands, now);
            }

            return stands == HasAllPods || (stands == LacksPods && isFirst);
        }

        private static bool IsPositive(DomainCounter[] all, int row)
        {
            foreach (var sums in all)
            {
                if (sums.Of(row) > 0)
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsHurt((DomainCounter Sums, int State)[] anti, ReadOnlySpan<long> state)
        {
            foreach (var (sums, key) in anti)
            {
                if (SumOf(sums, state[key]) > 0)
                {
                    return true;
                }
            }

            return false;
        }

        private (DomainCounter Sums, int State)[] Narrow(IEnumerable<DomainCounter> all) =>
            [.. all.Where(static sums => !sums.IsWide).Select(sums => (sums, FirstDomain + KeyOf(sums.Domains)))];

        private int KeyOf(TopologyDomains domains)
        {
            var index = _narrowKeys.IndexOf(domains);
            if (index < 0)
            {
                index = _narrowKeys.Count;
                _narrowKeys.Add(domains);
            }

            return index;
        }
    }
}
