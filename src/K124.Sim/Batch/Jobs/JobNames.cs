namespace K124.Sim.Batch.Jobs;

/// <summary>Names that Jobs put on pods and on themselves.</summary>
public static class JobNames
{
    /// <summary>Finalizer by which a Job keeps track of its pods.</summary>
    public const string TrackingFinalizer = "batch.kubernetes.io/job-tracking";

    /// <summary>Annotation of a Job whose pods are counted by their finalizers.</summary>
    public const string TrackingAnnotation = "batch.kubernetes.io/job-tracking";

    /// <summary>Annotation that holds the completion index of a pod.</summary>
    public const string CompletionIndexAnnotation = "batch.kubernetes.io/job-completion-index";

    /// <summary>Environment variable that tells a container its completion index.</summary>
    public const string CompletionIndexVariable = "JOB_COMPLETION_INDEX";

    /// <summary>Label with the UID of the Job.</summary>
    public const string ControllerUidLabel = "controller-uid";

    /// <summary>Label with the name of the Job.</summary>
    public const string JobNameLabel = "job-name";

    internal const string TrackingGate = "JobTrackingWithFinalizers";
    internal const string ReadyPodsGate = "JobReadyPods";
    internal const string Indexed = "Indexed";
    internal const string NonIndexed = "NonIndexed";
    internal const string Complete = "Complete";
    internal const string Failed = "Failed";
    internal const string Suspended = "Suspended";
}
