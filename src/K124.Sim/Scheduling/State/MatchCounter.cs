using K124.Sim.Model;

namespace K124.Sim.Scheduling.State;

/// <summary>Names the pods that match something; a population counts them on each node.</summary>
/// <param name="id">Its place among the population's counters.</param>
/// <param name="matches">Whether pods match, given the labels of their namespace.</param>
internal sealed class MatchCounter(int id, Func<LabelClass, StringMap<string>, bool> matches)
{
    public int Id { get; } = id;

    public bool Matches(LabelClass pods, StringMap<string> namespaceLabels) => matches(pods, namespaceLabels);
}
