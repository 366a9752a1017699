namespace K124.Sim.Scheduling.Internal;

/// <summary>How many pods on each node match something; kept up to date as pods come and go.</summary>
internal sealed class MatchCounter(Func<LabelClass, bool> matches, int nodeCount)
{
    /// <summary>Matching pods by row.</summary>
    public int[] PerNode { get; } = new int[nodeCount];

    public bool Matches(LabelClass pods) => matches(pods);
}
