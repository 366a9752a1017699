namespace K124.Sim.Model;

/// <summary>Nodes that can reach a volume.</summary>
public sealed record VolumeNodeAffinity
{
    /// <summary>Terms of which one must match.</summary>
    public NodeSelector? Required { get; init; }
}
