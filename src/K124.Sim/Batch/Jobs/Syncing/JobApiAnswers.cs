using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>How the API server answers the calls of one sync: here each with success.</summary>
internal class JobApiAnswers
{
    public static readonly JobApiAnswers Fine = new();

    /// <param name="job">The Job.</param>
    /// <param name="index">Completion index of the pod; −1 if it has none.</param>
    /// <param name="attempts">Creations that were asked for before.</param>
    public virtual ApiResult CreatePod(Job job, int index, int attempts) => ApiResult.Ok;

    public virtual ApiResult DeletePod(string name) => ApiResult.Ok;

    public virtual ApiResult PatchPod(string name) => ApiResult.Ok;

    public virtual ApiResult PatchJob() => ApiResult.Ok;

    /// <param name="job">The Job.</param>
    /// <param name="call">Number of the write in this sync, from 1.</param>
    public virtual ApiResult WriteStatus(Job job, int call) => ApiResult.Ok;
}
