namespace K124.Sim.Model;

/// <summary>A Glusterfs volume.</summary>
public sealed record GlusterfsVolumeSource
{
    /// <summary>The endpoints.</summary>
    public string Endpoints { get; init => field = value ?? ""; } = "";

    /// <summary>Path.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }
}
