using K124.Sim.Platform;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Scheduling;

/// <summary>How a <see cref="Scheduler"/> decides where Kubernetes 1.24 leaves a choice.</summary>
public sealed record SchedulerOptions
{
    private const int WholePercentage = 100;

    /// <summary>The profiles, and what they share.</summary>
    /// <value>1.24's default profile alone by default.</value>
    public SchedulerConfiguration Configuration { get; init; } = SchedulerConfiguration.Default;

    /// <summary>Share of nodes after which the search for feasible ones stops, in percent, in place of the configuration's.</summary>
    /// <value>0 to 100; null, the default, leaves it to <see cref="SchedulerConfiguration.PercentageOfNodesToScore"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 100.</exception>
    public int? PercentageOfNodesToScore
    {
        get;
        init
        {
            if (value is < 0 or > WholePercentage)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The percentage is not from 0 to {WholePercentage}.");
            }

            field = value;
        }
    }

    /// <summary>Which features are on. LocalStorageCapacityIsolation and MinDomainsInPodTopologySpread matter to decisions.</summary>
    /// <value>The defaults of 1.24 by default.</value>
    public FeatureGates FeatureGates { get; init; } = FeatureGates.Default;

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
