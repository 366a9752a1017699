namespace K124.Sim.Model;

/// <summary>A vSphere virtual disk.</summary>
public sealed record VsphereVirtualDiskVolumeSource
{
    /// <summary>Path of the disk.</summary>
    public string VolumePath { get; init => field = value ?? ""; } = "";

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the storage policy.</summary>
    public string StoragePolicyName { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the storage policy.</summary>
    public string StoragePolicyID { get; init => field = value ?? ""; } = "";
}
