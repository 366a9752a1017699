namespace K124.Sim.Scheduling.Internal;

/// <summary>How many pods on each node match something; kept up to date as pods come and go.</summary>
internal sealed class MatchCounter(Func<LabelClass, bool> matches)
{
    private RowCounts _counts;

    /// <summary>Matching pods by row; rows beyond the end have none.</summary>
    public ReadOnlySpan<int> PerNode => _counts.PerNode;

    public bool Matches(LabelClass pods) => matches(pods);

    public void Add(int row, int amount) => _counts.Add(row, amount);

    public int On(int row) => _counts.On(row);
}
