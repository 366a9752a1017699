using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>What 1.24 leaves to chance in the search for pods to evict.</summary>
/// <param name="Choose">Picks one of several candidates that are equal in everything.</param>
/// <param name="Offset">Picks the node where the search begins, given how many it may look at; from 0 on.</param>
internal sealed record PreemptionDraws(Func<ImmutableArray<PreemptionCandidate>, PreemptionCandidate> Choose, Func<int, int> Offset);
