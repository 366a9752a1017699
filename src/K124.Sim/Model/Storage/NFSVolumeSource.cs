namespace K124.Sim.Model;

/// <summary>An NFS export.</summary>
public sealed record NFSVolumeSource
{
    /// <summary>Host name or address of the server.</summary>
    public string Server { get; init => field = value ?? ""; } = "";

    /// <summary>Exported path.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }
}
