using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>A call of a sync about an existing pod.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Pod">The pod, as the sync saw it.</param>
/// <param name="Error">The server's refusal; null if the call succeeded.</param>
public sealed record JobPodCall(JobPodCallKind Kind, Pod Pod, string? Error);
