namespace K124.Sim.Scheduling;

/// <summary>How a <see cref="Scheduler"/> decides where Kubernetes 1.24 leaves a choice.</summary>
public sealed record SchedulerOptions
{
    private const int WholePercentage = 100;

    /// <summary>Share of nodes after which the search for feasible ones stops, in percent.</summary>
    /// <value>0 to 100; 0, the default, lets it fall from 50 to 5 as the cluster grows. At least 100 feasible nodes are always
    /// looked for.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 100.</exception>
    public int PercentageOfNodesToScore
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, WholePercentage);
            field = value;
        }
    }

    /// <summary>How one of several best nodes is chosen.</summary>
    /// <value><see cref="TieBreak.FirstInOrder"/> by default.</value>
    public TieBreak TieBreak { get; init; }

    /// <summary>Seed of the draws of <see cref="TieBreak.Seeded"/>.</summary>
    /// <value>0 by default.</value>
    public ulong Seed { get; init; }

    /// <summary>Release whose behaviour is followed.</summary>
    /// <value>The newest of the 1.24 series by default.</value>
    public KubernetesRelease Release { get; init; }
}
