namespace K124.Sim.Planning;

/// <summary>How far a plan has come.</summary>
/// <param name="Decided">Pods decided on so far.</param>
/// <param name="Total">Pods to decide on; null if that is what the plan is to find out.</param>
public readonly record struct PlanProgress(int Decided, int? Total);
