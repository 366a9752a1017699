namespace K124.Sim.Model;

/// <summary>A reference to an object of the same namespace, whatever its version.</summary>
public sealed record CrossVersionObjectReference
{
    internal static readonly CrossVersionObjectReference Default = new();

    /// <summary>API version.</summary>
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
