namespace K124.Sim.Model;

/// <summary>A kernel parameter.</summary>
public sealed record Sysctl
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Value.</summary>
    public string Value { get; init => field = value ?? ""; } = "";
}
