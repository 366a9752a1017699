using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A container that has ended.</summary>
public sealed record ContainerStateTerminated
{
    /// <summary>Exit code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ExitCode { get; init; }

    /// <summary>Signal that ended it.</summary>
    public int Signal { get; init; }

    /// <summary>One-word cause.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Identity of the container at the runtime.</summary>
    public string ContainerID { get; init => field = value ?? ""; } = "";
}
