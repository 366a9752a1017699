namespace K124.Sim.Batch.Ttl;

/// <summary>What the TTL-after-finished controller does about a Job.</summary>
/// <param name="Deletes">True if it deletes the Job: in the foreground, and only the object with this UID.</param>
/// <param name="RequeueAfter">When to look again; empty for never. Both reads may ask for it.</param>
/// <param name="Error">An error, after which it tries again with back-off; null for none.</param>
/// <param name="ExpiredFor">Time from the expiry to the deletion; null if it does not delete.</param>
public sealed record TtlDecision(bool Deletes, System.Collections.Immutable.ImmutableArray<TimeSpan> RequeueAfter, string? Error, TimeSpan? ExpiredFor);
