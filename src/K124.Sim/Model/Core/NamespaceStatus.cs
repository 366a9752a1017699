namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="Namespace"/>.</summary>
public sealed record NamespaceStatus
{
    internal static readonly NamespaceStatus Default = new();

    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";
}
