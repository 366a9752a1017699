namespace K124.Sim.Model;

/// <summary>An OpenStack Cinder volume, inline in a pod.</summary>
public sealed record CinderVolumeSource
{
    /// <summary>Identity of the volume.</summary>
    public string VolumeID { get; init => field = value ?? ""; } = "";

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Secret for the cloud.</summary>
    public LocalObjectReference? SecretRef { get; init; }
}
