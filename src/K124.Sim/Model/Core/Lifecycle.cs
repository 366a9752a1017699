namespace K124.Sim.Model;

/// <summary>What is run when a container has started or is about to stop.</summary>
public sealed record Lifecycle
{
    /// <summary>After the start.</summary>
    public LifecycleHandler? PostStart { get; init; }

    /// <summary>Before the stop.</summary>
    public LifecycleHandler? PreStop { get; init; }
}
