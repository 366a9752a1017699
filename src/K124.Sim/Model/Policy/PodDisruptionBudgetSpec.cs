namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="PodDisruptionBudget"/>.</summary>
public sealed record PodDisruptionBudgetSpec
{
    internal static readonly PodDisruptionBudgetSpec Default = new();

    /// <summary>Pods that must stay available: a number or a percentage.</summary>
    public IntOrString? MinAvailable { get; init; }

    /// <summary>Pods that may be unavailable: a number or a percentage.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>Pods under the budget.</summary>
    public LabelSelector? Selector { get; init; }
}
