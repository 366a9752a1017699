namespace K124.Sim.Model;

/// <summary>An inline CSI volume.</summary>
public sealed record CSIVolumeSource
{
    /// <summary>Name of the driver.</summary>
    public string Driver { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>File system.</summary>
    public string? FsType { get; init; }

    /// <summary>Attributes for the driver.</summary>
    public StringMap<string> VolumeAttributes { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Secret for publishing.</summary>
    public LocalObjectReference? NodePublishSecretRef { get; init; }
}
