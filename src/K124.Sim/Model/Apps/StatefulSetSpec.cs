using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="StatefulSet"/>.</summary>
public sealed record StatefulSetSpec
{
    internal static readonly StatefulSetSpec Default = new();

    private readonly Items<PersistentVolumeClaim> _volumeClaimTemplates;

    /// <summary>Wanted pods; null counts as 1.</summary>
    public int? Replicas { get; init; }

    /// <summary>Pods it owns.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod it creates.</summary>
    public PodTemplateSpec Template { get; init => field = value ?? PodTemplateSpec.Default; } = PodTemplateSpec.Default;

    /// <summary>Service that names the pods.</summary>
    public string ServiceName { get; init => field = value ?? ""; } = "";

    /// <summary><c>OrderedReady</c> (also when empty) or <c>Parallel</c>.</summary>
    public string PodManagementPolicy { get; init => field = value ?? ""; } = "";

    /// <summary>Claims made for each pod.</summary>
    public ImmutableArray<PersistentVolumeClaim> VolumeClaimTemplates { get => _volumeClaimTemplates.Array; init => _volumeClaimTemplates = new(value); }

    /// <summary>Seconds a pod must be ready to be available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>What becomes of the claims (alpha in 1.24).</summary>
    public StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; init; }

    /// <summary>Old revisions that are kept; null before defaulting.</summary>
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>How pods are replaced.</summary>
    public StatefulSetUpdateStrategy UpdateStrategy { get; init => field = value ?? StatefulSetUpdateStrategy.Default; } = StatefulSetUpdateStrategy.Default;
}
