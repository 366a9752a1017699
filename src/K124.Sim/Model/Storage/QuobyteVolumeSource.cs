namespace K124.Sim.Model;

/// <summary>A Quobyte volume.</summary>
public sealed record QuobyteVolumeSource
{
    /// <summary>Group that maps access.</summary>
    public string Group { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Addresses of registries.</summary>
    public string Registry { get; init => field = value ?? ""; } = "";

    /// <summary>Tenant.</summary>
    public string Tenant { get; init => field = value ?? ""; } = "";

    /// <summary>User name.</summary>
    public string User { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the volume.</summary>
    public string Volume { get; init => field = value ?? ""; } = "";
}
