namespace K124.Sim.Pods.Probes;

/// <summary>What a probe is asked for; in the order in which the kubelet makes the workers of a container.</summary>
public enum ProbeKind
{
    /// <summary>Whether the container has started; until then no other probe runs.</summary>
    Startup,

    /// <summary>Whether the container takes traffic.</summary>
    Readiness,

    /// <summary>Whether the container is to be killed.</summary>
    Liveness,
}
