namespace K124.Sim.Pods.Probes;

/// <summary>What the runtime says of a container.</summary>
internal enum ContainerRuntimeState
{
    /// <summary>The runtime knows none.</summary>
    Absent,

    /// <summary>Made, not started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Ended.</summary>
    Exited,

    /// <summary>The runtime cannot tell.</summary>
    Unknown,
}

/// <summary>A container as the kubelet finds it when it looks at its pod.</summary>
/// <param name="Container">The container and its probes.</param>
/// <param name="State">What the runtime says of it.</param>
internal sealed record ContainerSighting(ProbedContainer Container, ContainerRuntimeState State)
{
    /// <summary>How it ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether it was made from another definition than the pod now has.</summary>
    public bool DefinitionChanged { get; init; }

    /// <summary>What its liveness probe has published; null if nothing.</summary>
    public ProbeResult? Liveness { get; init; }

    /// <summary>What its startup probe has published; null if nothing.</summary>
    public ProbeResult? Startup { get; init; }
}
