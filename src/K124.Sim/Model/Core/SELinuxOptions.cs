namespace K124.Sim.Model;

/// <summary>SELinux label.</summary>
public sealed record SELinuxOptions
{
    /// <summary>SELinux level.</summary>
    public string Level { get; init => field = value ?? ""; } = "";

    /// <summary>SELinux role.</summary>
    public string Role { get; init => field = value ?? ""; } = "";

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>User name.</summary>
    public string User { get; init => field = value ?? ""; } = "";
}
