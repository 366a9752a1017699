namespace K124.Sim.Model;

/// <summary>A volume attached to a <see cref="Node"/>.</summary>
public sealed record AttachedVolume
{
    /// <summary>Unique volume name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Device path on the node.</summary>
    public string DevicePath { get; init => field = value ?? ""; } = "";
}
