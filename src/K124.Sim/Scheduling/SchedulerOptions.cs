using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling;

/// <summary>How a <see cref="Scheduler"/> decides where Kubernetes 1.24 leaves a choice.</summary>
public sealed record SchedulerOptions
{
    private const int WholePercentage = 100;

    private readonly Items<ISchedulerPlugin> _plugins;

    /// <summary>The profiles, and what they share.</summary>
    /// <value>1.24's default profile alone by default.</value>
    public SchedulerConfiguration Configuration { get; init; } = SchedulerConfiguration.Default;

    /// <summary>The user's own plugins; a profile enables them by name at the extension points that they implement.</summary>
    /// <value>Empty by default. Names are distinct, and none is that of a plugin of Kubernetes.</value>
    public ImmutableArray<ISchedulerPlugin> Plugins { get => _plugins.Array; init => _plugins = new(value); }

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

    /// <summary>Which features are on. LocalStorageCapacityIsolation, MinDomainsInPodTopologySpread, ReadWriteOncePod, VolumeCapacityPriority and
    /// those of CSI migration matter to decisions.</summary>
    /// <value>The defaults of 1.24 by default.</value>
    public FeatureGates FeatureGates { get; init; } = FeatureGates.Default;

    /// <summary>How one of several best nodes is chosen.</summary>
    /// <value><see cref="TieBreak.FirstInOrder"/> by default.</value>
    public TieBreak TieBreak { get; init; }

    /// <summary>Whether the search for pods to evict begins at a node drawn with the seed. It matters with more than 100 nodes to search.</summary>
    /// <value>False, the default, begins at the first; 1.24 draws.</value>
    public bool DrawsPreemptionOffset { get; init; }

    /// <summary>Seed of the draws of <see cref="TieBreak.Seeded"/> and <see cref="DrawsPreemptionOffset"/>.</summary>
    /// <value>0 by default.</value>
    public ulong Seed { get; init; }

    /// <summary>Release whose behaviour is followed.</summary>
    /// <value>The newest of the 1.24 series by default.</value>
    public KubernetesRelease Release { get; init; }

    /// <summary>Volumes of an in-tree plugin that a node can attach if it does not say so itself: the scheduler's variable <c>KUBE_MAX_PD_VOLS</c>.</summary>
    /// <value>At least 1; null, the default, for each plugin's own number.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxVolumesPerNode
    {
        get;
        init
        {
            if (value is { } volumes)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(volumes, 1);
            }

            field = value;
        }
    }

    /// <summary>Whether capacity objects count down as claims are to be provisioned.</summary>
    /// <value>False, the default, as in 1.24, which relies on drivers to publish new numbers; see <see cref="VolumeBinderOptions.ConsumesCapacity"/>.</value>
    public bool ConsumesStorageCapacity { get; init; }

    internal VolumeBinderOptions Storage => new() { Profile = new() { Release = Release, FeatureGates = FeatureGates }, ConsumesCapacity = ConsumesStorageCapacity };
}
