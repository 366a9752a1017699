namespace K124.Sim.Model;

/// <summary>A running container.</summary>
public sealed record ContainerStateRunning
{
    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
