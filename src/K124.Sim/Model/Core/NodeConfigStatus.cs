namespace K124.Sim.Model;

/// <summary>State of a kubelet's configuration (removed in 1.24).</summary>
public sealed record NodeConfigStatus
{
    /// <summary>Configuration in use.</summary>
    public NodeConfigSource? Active { get; init; }

    /// <summary>Configuration that was asked for.</summary>
    public NodeConfigSource? Assigned { get; init; }

    /// <summary>What went wrong.</summary>
    public string Error { get; init => field = value ?? ""; } = "";

    /// <summary>Configuration to fall back to.</summary>
    public NodeConfigSource? LastKnownGood { get; init; }
}
