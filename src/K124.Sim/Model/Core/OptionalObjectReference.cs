namespace K124.Sim.Model;

/// <summary>A ConfigMap or Secret of the pod's namespace that may be allowed to be absent.</summary>
public sealed record OptionalObjectReference
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it may be absent.</summary>
    public bool Optional { get; init; }
}
