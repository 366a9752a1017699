namespace K124.Sim.Batch.Jobs;

/// <summary>Delays of the Job controller's queue.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/job (DefaultJobBackOff, MaxJobBackOff, getBackoff).</remarks>
public static class JobBackoff
{
    private const int FirstSeconds = 10;
    private const int MostSeconds = 360;

    /// <summary>Delay of the retry after a failed sync: 10 s, doubled for each failure before it, at most 360 s.</summary>
    /// <param name="recordedFailures">Failures recorded before this one, from 0.</param>
    /// <returns>The delay.</returns>
    public static TimeSpan RetryDelay(int recordedFailures)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(recordedFailures);
        const int DoublingsToLimit = 6;
        return TimeSpan.FromSeconds(recordedFailures >= DoublingsToLimit ? MostSeconds : FirstSeconds << recordedFailures);
    }

    /// <summary>Delay of the sync that follows the failure of a pod: none without recorded failures, else the delay of the last retry.</summary>
    /// <param name="recordedFailures">Failures recorded for the Job, from 0.</param>
    /// <returns>The delay.</returns>
    public static TimeSpan PodFailureDelay(int recordedFailures) => recordedFailures == 0 ? TimeSpan.Zero : RetryDelay(recordedFailures - 1);
}
