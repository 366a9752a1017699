namespace K124.Sim.Model;

/// <summary>A Photon disk.</summary>
public sealed record PhotonPersistentDiskVolumeSource
{
    /// <summary>File system type.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the disk.</summary>
    public string PdID { get; init => field = value ?? ""; } = "";
}
