using System.Collections.Immutable;
using K124.Sim.Platform;

namespace K124.Sim.Storage.Volumes;

/// <summary>How a <see cref="PersistentVolumeController"/> decides.</summary>
public sealed record PersistentVolumeControllerOptions
{
    /// <summary>Release and feature gates; those of CSI migration count here.</summary>
    /// <value>The defaults of 1.24.</value>
    public ClusterProfile Profile { get; init => field = value ?? ClusterProfile.Default; } = ClusterProfile.Default;

    /// <summary>In-tree plugins that are not migrated; all else is left to external provisioners.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<IVolumePlugin> Plugins { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Asked before each write to the API; a text refuses the write, and the sync ends with it as its error.</summary>
    /// <value>Null, the default: every write succeeds.</value>
    public Func<VolumeChange, string?>? Api { get; init; }
}
