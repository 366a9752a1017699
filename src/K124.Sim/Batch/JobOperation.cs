using System.Text.Json.Serialization;

namespace K124.Sim.Batch;

/// <summary>What a user does to a Job or its pods.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobOperation>))]
public enum JobOperation
{
    /// <summary>Suspends or resumes the Job.</summary>
    [JsonStringEnumMemberName("setSuspend")]
    SetSuspend,

    /// <summary>Changes the Job's parallelism.</summary>
    [JsonStringEnumMemberName("setParallelism")]
    SetParallelism,

    /// <summary>Sets, changes or clears the Job's deadline.</summary>
    [JsonStringEnumMemberName("setActiveDeadlineSeconds")]
    SetActiveDeadlineSeconds,

    /// <summary>Changes the Job's limit of failures.</summary>
    [JsonStringEnumMemberName("setBackoffLimit")]
    SetBackoffLimit,

    /// <summary>Deletes a pod gracefully.</summary>
    [JsonStringEnumMemberName("deletePod")]
    DeletePod,

    /// <summary>Deletes a pod without grace.</summary>
    [JsonStringEnumMemberName("forceDeletePod")]
    ForceDeletePod,

    /// <summary>Puts a pod into a phase.</summary>
    [JsonStringEnumMemberName("podPhase")]
    PodPhase,

    /// <summary>Deletes the Job.</summary>
    [JsonStringEnumMemberName("deleteJob")]
    DeleteJob,
}
