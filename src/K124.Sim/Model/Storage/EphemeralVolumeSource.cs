namespace K124.Sim.Model;

/// <summary>A claim made for one pod (KEP-1698).</summary>
public sealed record EphemeralVolumeSource
{
    /// <summary>The claim to make.</summary>
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; init; }
}
