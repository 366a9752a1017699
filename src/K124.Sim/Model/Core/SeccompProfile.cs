namespace K124.Sim.Model;

/// <summary>Seccomp profile.</summary>
public sealed record SeccompProfile
{
    /// <summary>Profile on the node.</summary>
    public string? LocalhostProfile { get; init; }

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";
}
