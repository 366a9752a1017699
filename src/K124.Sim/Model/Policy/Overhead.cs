namespace K124.Sim.Model;

/// <summary>Resources of a pod's sandbox.</summary>
public sealed record Overhead
{
    /// <summary>Fixed resources per pod.</summary>
    public StringMap<Quantity> PodFixed { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;
}
