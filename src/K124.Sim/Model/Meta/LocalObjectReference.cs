namespace K124.Sim.Model;

/// <summary>A reference to an object of the same namespace by name.</summary>
public sealed record LocalObjectReference
{
    /// <summary>Name of the referent.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
