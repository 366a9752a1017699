using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="PersistentVolumeClaim"/>.</summary>
public sealed record PersistentVolumeClaimSpec
{
    internal static readonly PersistentVolumeClaimSpec Default = new();

    private readonly Items<string> _accessModes;

    /// <summary>Ways the volume must be mountable.</summary>
    public ImmutableArray<string> AccessModes { get => _accessModes.Array; init => _accessModes = new(value); }

    /// <summary>Volumes that may serve the claim.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>Wanted size, under <c>storage</c>.</summary>
    public ResourceRequirements Resources { get; init => field = value ?? ResourceRequirements.Default; } = ResourceRequirements.Default;

    /// <summary>Volume the claim is bound to; empty while unbound.</summary>
    public string VolumeName { get; init => field = value ?? ""; } = "";

    /// <summary>Wanted class; empty for none, null for the default.</summary>
    public string? StorageClassName { get; init; }

    /// <summary><c>Filesystem</c> (also when null) or <c>Block</c>.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>What the volume is filled from.</summary>
    public TypedLocalObjectReference? DataSource { get; init; }

    /// <summary>What the volume is filled from (KEP-1495).</summary>
    public TypedLocalObjectReference? DataSourceRef { get; init; }
}
