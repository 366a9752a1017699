using System.Text.Json.Serialization;

namespace K124.Sim.Batch.Forecast;

/// <summary>What a user does to a Job or its pods.</summary>
[JsonConverter(typeof(JobOperationConverter))]
public enum JobOperation
{
    /// <summary>Suspends or resumes the Job.</summary>
    SetSuspend,

    /// <summary>Changes the Job's parallelism.</summary>
    SetParallelism,

    /// <summary>Sets, changes or clears the Job's deadline.</summary>
    SetActiveDeadlineSeconds,

    /// <summary>Changes the Job's limit of failures.</summary>
    SetBackoffLimit,

    /// <summary>Deletes a pod gracefully.</summary>
    DeletePod,

    /// <summary>Deletes a pod without grace.</summary>
    ForceDeletePod,

    /// <summary>Puts a pod into a phase.</summary>
    PodPhase,

    /// <summary>Deletes the Job.</summary>
    DeleteJob,
}
