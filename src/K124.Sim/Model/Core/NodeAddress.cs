namespace K124.Sim.Model;

/// <summary>An address of a <see cref="Node"/>.</summary>
public sealed record NodeAddress
{
    /// <summary>Kind of address, for example <c>InternalIP</c>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>The address.</summary>
    public string Address { get; init => field = value ?? ""; } = "";
}
