namespace K124.Sim.Model;

/// <summary>A header of an HTTP request.</summary>
public sealed record HTTPHeader
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Value.</summary>
    public string Value { get; init => field = value ?? ""; } = "";
}
