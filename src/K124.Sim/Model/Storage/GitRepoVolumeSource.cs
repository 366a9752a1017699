namespace K124.Sim.Model;

/// <summary>A volume filled from a git repository (deprecated).</summary>
public sealed record GitRepoVolumeSource
{
    /// <summary>Directory that is filled; empty means the volume itself.</summary>
    public string Directory { get; init => field = value ?? ""; } = "";

    /// <summary>Address of the repository.</summary>
    public string Repository { get; init => field = value ?? ""; } = "";

    /// <summary>Number of the revision.</summary>
    public string Revision { get; init => field = value ?? ""; } = "";
}
