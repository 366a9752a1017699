namespace K124.Sim.Model;

/// <summary>One address of a pod.</summary>
public sealed record PodIP
{
    /// <summary>Address.</summary>
    public string IP { get; init => field = value ?? ""; } = "";
}
