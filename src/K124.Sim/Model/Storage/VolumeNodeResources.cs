namespace K124.Sim.Model;

/// <summary>Volume limits of a driver on a node.</summary>
public sealed record VolumeNodeResources
{
    /// <summary>Most volumes; null for no limit.</summary>
    public int? Count { get; init; }
}
