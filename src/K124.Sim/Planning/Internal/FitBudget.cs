namespace K124.Sim.Planning.Internal;

/// <summary>How far a plan may go, and whom it tells.</summary>
internal sealed record FitBudget(int MaxReplicas, IProgress<PlanProgress>? Progress, CancellationToken CancellationToken);
