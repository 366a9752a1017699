namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>What a sync returns to the queue.</summary>
/// <param name="Forget">Whether the failures recorded for the Job are to be forgotten, if there is no error.</param>
/// <param name="Error">The error; null for none.</param>
internal readonly record struct SyncOutcome(bool Forget, ApiResult? Error)
{
    public bool IsConflict => Error is { Verdict: ApiVerdict.Conflict };
}
