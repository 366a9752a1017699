namespace K124.Sim.Model;

/// <summary>A reference to an object of the same namespace by group, kind and name.</summary>
public sealed record TypedLocalObjectReference
{
    /// <summary>Group of the referent; null for the core group.</summary>
    public string? ApiGroup { get; init; }

    /// <summary>Kind of the referent.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the referent.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
