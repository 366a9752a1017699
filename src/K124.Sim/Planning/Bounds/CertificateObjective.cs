namespace K124.Sim.Planning.Bounds;

/// <summary>What a <see cref="Certificate"/> bounds from below.</summary>
public enum CertificateObjective
{
    /// <summary>The number of nodes.</summary>
    Nodes,

    /// <summary>The price of the nodes.</summary>
    Price,
}
