namespace K124.Sim.Model;

/// <summary>Names a key of a ConfigMap or Secret.</summary>
public sealed record KeySelector
{
    /// <summary>Name of the object.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The key in it.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>True if the object or key may be absent.</summary>
    public bool? Optional { get; init; }
}
