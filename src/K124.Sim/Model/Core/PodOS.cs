namespace K124.Sim.Model;

/// <summary>Operating system of a pod's containers.</summary>
public sealed record PodOS
{
    /// <summary><c>linux</c> or <c>windows</c>.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
