namespace K124.Sim.Scheduling.Configuration;

/// <summary>How many nodes DefaultPreemption looks for before it chooses one.</summary>
/// <remarks>At least the greater of the two numbers, at most all. Kubernetes 1.24 pkg/scheduler/apis/config (DefaultPreemptionArgs).</remarks>
public sealed record DefaultPreemptionArgs
{
    private const int WholePercentage = 100;

    /// <summary>Share of the nodes where preemption might help, in percent.</summary>
    /// <value>0 to 100; 10 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 100.</exception>
    public int MinCandidateNodesPercentage
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, WholePercentage);
            field = value;
        }
    } = 10;

    /// <summary>A number of nodes.</summary>
    /// <value>From 0 on; 100 by default. Not 0 if the percentage is.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MinCandidateNodesAbsolute
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 100;
}
