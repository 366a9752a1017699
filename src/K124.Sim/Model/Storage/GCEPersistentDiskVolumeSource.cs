namespace K124.Sim.Model;

/// <summary>A GCE persistent disk.</summary>
public sealed record GCEPersistentDiskVolumeSource
{
    /// <summary>Name of the disk.</summary>
    public string PdName { get; init => field = value ?? ""; } = "";

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Partition; 0 for the whole disk.</summary>
    public int Partition { get; init; }

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }
}
