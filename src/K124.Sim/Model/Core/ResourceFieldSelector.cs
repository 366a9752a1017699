namespace K124.Sim.Model;

/// <summary>Names a resource of a container.</summary>
public sealed record ResourceFieldSelector
{
    /// <summary>The container; empty means the one that asks.</summary>
    public string ContainerName { get; init => field = value ?? ""; } = "";

    /// <summary>The resource, for example <c>limits.cpu</c>.</summary>
    public string Resource { get; init => field = value ?? ""; } = "";

    /// <summary>Unit of the value; null counts as 1.</summary>
    public Quantity? Divisor { get; init; }
}
