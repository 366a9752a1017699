namespace K124.Sim.Model;

/// <summary>A StorageOS volume.</summary>
public sealed record StorageOSVolumeSource
{
    /// <summary>File system type.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Secret with credentials.</summary>
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>Name of the volume.</summary>
    public string VolumeName { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace of the volume in StorageOS.</summary>
    public string VolumeNamespace { get; init => field = value ?? ""; } = "";
}
