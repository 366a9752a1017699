namespace K124.Sim.Model;

/// <summary>A Gluster volume behind a persistent volume.</summary>
public sealed record GlusterfsPersistentVolumeSource
{
    /// <summary>Name of the Endpoints of the servers.</summary>
    public string Endpoints { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace of the Endpoints; null for that of the claim.</summary>
    public string? EndpointsNamespace { get; init; }

    /// <summary>Name of the volume.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }
}
