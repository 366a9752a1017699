namespace K124.Sim.Model;

/// <summary>A directory of the node.</summary>
public sealed record HostPathVolumeSource
{
    /// <summary>Path on the node.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Kind of path.</summary>
    public string? Type { get; init; }
}
