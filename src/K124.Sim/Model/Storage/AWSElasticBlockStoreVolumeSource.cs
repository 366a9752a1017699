namespace K124.Sim.Model;

/// <summary>An AWS EBS volume.</summary>
public sealed record AWSElasticBlockStoreVolumeSource
{
    /// <summary>Identity of the volume.</summary>
    public string VolumeID { get; init => field = value ?? ""; } = "";

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Partition; 0 for the whole disk.</summary>
    public int Partition { get; init; }

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }
}
