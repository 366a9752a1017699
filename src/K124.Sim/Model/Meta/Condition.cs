namespace K124.Sim.Model;

/// <summary>One observation of an object's state, in the common form of the API.</summary>
public sealed record Condition
{
    /// <summary>What was observed, for example <c>Ready</c>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>One-word cause of the last transition.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>When the condition was last checked.</summary>
    public DateTimeOffset? LastProbeTime { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>Generation that the condition was computed from.</summary>
    public long ObservedGeneration { get; init; }
}
