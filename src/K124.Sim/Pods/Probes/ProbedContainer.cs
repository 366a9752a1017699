using K124.Sim.Model;

namespace K124.Sim.Pods.Probes;

/// <summary>A container of a pod and its probes.</summary>
/// <param name="Name">Name of the container.</param>
internal sealed record ProbedContainer(string Name)
{
    /// <summary>Probe that opens the others; null if there is none.</summary>
    public ProbeSettings? Startup { get; init; }

    /// <summary>Probe that makes it ready; null if there is none.</summary>
    public ProbeSettings? Readiness { get; init; }

    /// <summary>Probe that has it killed; null if there is none.</summary>
    public ProbeSettings? Liveness { get; init; }

    /// <summary>The probe of a kind.</summary>
    public ProbeSettings? this[ProbeKind kind] => kind switch
    {
        ProbeKind.Startup => Startup,
        ProbeKind.Readiness => Readiness,
        _ => Liveness,
    };

    /// <summary>A container of the API.</summary>
    public static ProbedContainer Of(Container container) => new(container.Name)
    {
        Startup = ProbeSettings.Of(container.StartupProbe),
        Readiness = ProbeSettings.Of(container.ReadinessProbe),
        Liveness = ProbeSettings.Of(container.LivenessProbe),
    };
}
