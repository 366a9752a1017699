using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>What plugins ask of a node for a bound volume: one object for all volumes that ask for the same. Never changes.</summary>
/// <param name="id">Its place among the terms of a state.</param>
/// <param name="key">What tells it from others.</param>
internal sealed class VolumeTerms(int id, VolumeTermsKey key)
{
    private readonly NodeTopology _topology = NodeTopology.Of(key.Affinity);
    private readonly NodeTopology _migrated = NodeTopology.Of(key.MigratedAffinity);

    public int Id { get; } = id;

    /// <summary>The in-tree plugin of the volume; null if it is of none that can be migrated.</summary>
    public string? InTreePlugin => key.InTreePlugin;

    /// <summary>The CSI driver for whose limit the volume counts; null for none.</summary>
    public string? Driver => key.Driver;

    /// <summary>The in-tree plugin for whose limit the volume counts; null for none.</summary>
    public string? CountedPlugin => key.CountedPlugin;

    /// <summary>The labels that name the zones of the volume.</summary>
    public StringMap<string> Zones => key.Zones;

    /// <summary>Whether the volume is reached from every node.</summary>
    public bool IsReachedEverywhere => key.Affinity?.Required is null && (key.InTreePlugin is null || key.MigratedAffinity?.Required is null);

    /// <summary>Whether the volume is reached from a node.</summary>
    /// <param name="labels">Labels of the node.</param>
    /// <param name="isMigrated">Whether the volume counts in its CSI form there.</param>
    public bool IsReached(StringMap<string> labels, bool isMigrated) => (isMigrated ? _migrated : _topology).Matches(labels);
}

/// <summary>What tells terms of volumes apart.</summary>
/// <param name="Affinity">The volume's own node affinity.</param>
/// <param name="InTreePlugin">In-tree plugin of its source.</param>
/// <param name="MigratedAffinity">Node affinity of its CSI form, if it has an in-tree plugin.</param>
/// <param name="Zones">Labels that name its zones.</param>
/// <param name="Driver">The CSI driver for whose limit it counts.</param>
/// <param name="CountedPlugin">The in-tree plugin for whose limit it counts.</param>
internal sealed record VolumeTermsKey(
    VolumeNodeAffinity? Affinity, string? InTreePlugin, VolumeNodeAffinity? MigratedAffinity, StringMap<string> Zones, string? Driver, string? CountedPlugin);
