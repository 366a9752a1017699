namespace K124.Sim.Model;

/// <summary>An Azure managed disk.</summary>
public sealed record AzureDiskVolumeSource
{
    /// <summary>Name of the disk.</summary>
    public string DiskName { get; init => field = value ?? ""; } = "";

    /// <summary>URI of the disk.</summary>
    public string DiskURI { get; init => field = value ?? ""; } = "";

    /// <summary>Host caching.</summary>
    public string? CachingMode { get; init; }

    /// <summary>File system.</summary>
    public string? FsType { get; init; }

    /// <summary>True to mount it read-only.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary><c>Shared</c>, <c>Dedicated</c> or <c>Managed</c>.</summary>
    public string? Kind { get; init; }
}
