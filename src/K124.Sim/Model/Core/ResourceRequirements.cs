namespace K124.Sim.Model;

/// <summary>Resources that a container asks for.</summary>
public sealed record ResourceRequirements
{
    internal static readonly ResourceRequirements Default = new();

    /// <summary>Resources set aside for the container; the scheduler counts these.</summary>
    public StringMap<Quantity> Requests { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Resources the container may not exceed.</summary>
    public StringMap<Quantity> Limits { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;
}
