namespace K124.Sim.Model;

/// <summary>One option of the resolver.</summary>
public sealed record PodDNSConfigOption
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Value.</summary>
    public string? Value { get; init; }
}
