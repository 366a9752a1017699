namespace K124.Sim.Model;

/// <summary>A condition that must be true for the pod to be ready.</summary>
public sealed record PodReadinessGate
{
    /// <summary>Type of the condition.</summary>
    public string ConditionType { get; init => field = value ?? ""; } = "";
}
