namespace K124.Sim.Pods.Probes;

/// <summary>A container as the kubelet last saw it.</summary>
/// <param name="Id">Id of its present or last instance; null if it never had one.</param>
/// <param name="StartedAt">When that instance started, in ticks.</param>
/// <param name="IsRunning">Whether it runs.</param>
/// <param name="IsTerminated">Whether it has ended.</param>
internal readonly record struct ContainerRun(string? Id, long StartedAt = 0, bool IsRunning = false, bool IsTerminated = false);
