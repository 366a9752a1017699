namespace K124.Sim.Model;

/// <summary>Bounds of a rolling update of a <see cref="Deployment"/>.</summary>
public sealed record RollingUpdateDeployment
{
    /// <summary>Pods above the wanted number, as a number or percentage.</summary>
    public IntOrString? MaxSurge { get; init; }

    /// <summary>Pods that may be unavailable, as a number or percentage.</summary>
    public IntOrString? MaxUnavailable { get; init; }
}
