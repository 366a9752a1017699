namespace K124.Sim.Model;

/// <summary>Bounds of a rolling update of a <see cref="StatefulSet"/>.</summary>
public sealed record RollingUpdateStatefulSetStrategy
{
    /// <summary>Pods that may be unavailable, as a number or percentage.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>Ordinal from which pods are updated; null counts as 0.</summary>
    public int? Partition { get; init; }
}
