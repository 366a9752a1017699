using K124.Sim.Platform;

namespace K124.Sim.Storage.Binding;

/// <summary>How a <see cref="VolumeBinder"/> decides.</summary>
public sealed record VolumeBinderOptions
{
    /// <summary>Release and feature gates; those of CSI migration count here.</summary>
    /// <value>The defaults of 1.24.</value>
    public ClusterProfile Profile { get; init => field = value ?? ClusterProfile.Default; } = ClusterProfile.Default;

    /// <summary>Whether capacity objects count down as claims to provision are assumed, and up again as they are reverted.</summary>
    /// <value>False, the default, as in 1.24, which relies on drivers to publish new numbers. True goes beyond 1.24: what is assumed is taken
    /// from the smallest object that suffices, the first by namespace and name among equals, and the claims of one pod are added up.</value>
    public bool ConsumesCapacity { get; init; }
}
