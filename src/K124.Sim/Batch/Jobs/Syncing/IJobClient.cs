namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>What the controller asks of the API server during a sync.</summary>
/// <remarks>Pods are named by their row. An implementation may change rows of the table while it answers, as a watch without
/// latency does.</remarks>
internal interface IJobClient
{
    /// <summary>Time since the sync began.</summary>
    TimeSpan SyncDuration { get; }

    /// <summary>Failures that the queue's rate limiter has recorded for the Job.</summary>
    int RecordedFailures { get; }

    /// <summary>Begins a group of calls that run side by side and end together.</summary>
    void BeginCalls();

    /// <summary>Creates a pod.</summary>
    /// <param name="index">Completion index; −1 for none.</param>
    ApiResult CreatePod(int index);

    ApiResult DeletePod(int pod);

    ApiResult RemoveFinalizer(int pod);

    /// <summary>Adopts a pod, if a fresh read of the Job allows it.</summary>
    ApiResult Adopt(int pod);

    ApiResult Release(int pod);

    ApiResult RemoveTrackingAnnotation();

    ApiResult WriteStatus(JobStatusColumns status);

    void Record(JobEvent jobEvent);

    void RequeueAfter(TimeSpan delay);
}
