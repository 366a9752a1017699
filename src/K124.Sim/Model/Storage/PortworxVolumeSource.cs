namespace K124.Sim.Model;

/// <summary>A Portworx volume.</summary>
public sealed record PortworxVolumeSource
{
    /// <summary>Identity of the volume.</summary>
    public string VolumeID { get; init => field = value ?? ""; } = "";

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }
}
