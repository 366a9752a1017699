namespace K124.Sim.Model;

/// <summary>State of a container; at most one member is set.</summary>
public sealed record ContainerState
{
    /// <summary>The container has not started.</summary>
    public ContainerStateWaiting? Waiting { get; init; }

    /// <summary>The container runs.</summary>
    public ContainerStateRunning? Running { get; init; }

    /// <summary>The container has ended.</summary>
    public ContainerStateTerminated? Terminated { get; init; }
}
