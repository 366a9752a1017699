namespace K124.Sim.Model;

/// <summary>An empty directory that lives as long as the pod.</summary>
public sealed record EmptyDirVolumeSource
{
    /// <summary>Medium; empty means the node's.</summary>
    public string Medium { get; init => field = value ?? ""; } = "";

    /// <summary>Greatest size.</summary>
    public Quantity? SizeLimit { get; init; }
}
