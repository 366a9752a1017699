namespace K124.Sim.Model;

/// <summary>A zone that an endpoint should serve.</summary>
public sealed record ForZone
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
