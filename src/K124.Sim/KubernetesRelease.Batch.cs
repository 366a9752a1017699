namespace K124.Sim;

public readonly partial record struct KubernetesRelease
{
    /// <summary>Whether every sync of a Job with an active deadline arms the deadline timer anew; before 1.24.3 it was armed once, at the first start.</summary>
    /// <remarks>kubernetes#110294.</remarks>
    public bool RearmsJobDeadline => Patch >= 3;

    /// <summary>Whether retries of a Job's failed pods back off: 10 s, 20 s, 40 s, ...; before 1.24.10 any change of the status forgot the retries so far.</summary>
    /// <remarks>kubernetes#115021.</remarks>
    public bool BacksOffFailedPodRetries => Patch >= 10;

    /// <summary>Whether completed indexes beyond the completions leave the status although no index completes; before 1.24.11 they stayed until one did.</summary>
    /// <remarks>kubernetes#115457.</remarks>
    public bool DropsCompletedIndexesOutOfRange => Patch >= 11;

    /// <summary>Whether a Job is not declared finished while finished pods are still uncounted; before 1.24.16 those beyond the cap of a sync were never counted.</summary>
    /// <remarks>kubernetes#119165; it concerns tracking by finalizers.</remarks>
    public bool CountsAllPodsBeforeJobFinishes => Patch >= 16;
}
