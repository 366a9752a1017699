namespace K124.Sim.Model;

/// <summary>A reference to a Secret in any namespace.</summary>
public sealed record SecretReference
{
    /// <summary>Name of the Secret.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace of the Secret.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";
}
