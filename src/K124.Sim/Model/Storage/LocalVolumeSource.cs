namespace K124.Sim.Model;

/// <summary>A disk or directory local to one node.</summary>
public sealed record LocalVolumeSource
{
    /// <summary>Path on the node.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>File system.</summary>
    public string? FsType { get; init; }
}
