namespace K124.Sim.Model;

/// <summary>Who reported an <see cref="Event"/>.</summary>
public sealed record EventSource
{
    internal static readonly EventSource Default = new();

    /// <summary>Component.</summary>
    public string Component { get; init => field = value ?? ""; } = "";

    /// <summary>Host; empty means the pod.</summary>
    public string Host { get; init => field = value ?? ""; } = "";
}
