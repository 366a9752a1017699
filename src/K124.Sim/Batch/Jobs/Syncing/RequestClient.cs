using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Answers the calls of one sync from a request's faults, and notes every call. No watch event is delivered.</summary>
internal sealed class RequestClient(JobSyncRequest request, JobRecord job, ImmutableArray<Pod> pods, Func<int, string> uidOf) : IJobClient
{
    private readonly JobApiFaults _faults = request.Faults;
    private readonly JobPodTemplate _template = new(job.Object, job.Settings.Indexed, job.Settings.Tracked);
    private ApiResult? _mayAdopt;
    private int _statusWriteCount;

    public ImmutableArray<JobPodCreation>.Builder Creations { get; } = ImmutableArray.CreateBuilder<JobPodCreation>();

    public ImmutableArray<JobPodCall>.Builder Calls { get; } = ImmutableArray.CreateBuilder<JobPodCall>();

    public ImmutableArray<JobStatus>.Builder StatusWrites { get; } = ImmutableArray.CreateBuilder<JobStatus>();

    public ImmutableArray<JobEvent>.Builder Events { get; } = ImmutableArray.CreateBuilder<JobEvent>();

    public ImmutableArray<TimeSpan>.Builder Requeues { get; } = ImmutableArray.CreateBuilder<TimeSpan>();

    public bool TrackingAnnotationRemoved { get; private set; }

    public TimeSpan SyncDuration => TimeSpan.Zero;

    public int RecordedFailures => request.PriorRequeues;

    public void BeginCalls()
    {
        // A sync takes no time here.
    }

    public ApiResult CreatePod(int index)
    {
        var result = _faults.CreateNamespaceTerminating
                ? new(ApiVerdict.NamespaceTerminating, $"namespace {job.Object.Metadata.Namespace} is being terminated")
            : Creations.Count >= _faults.CreateSucceedsFirst || _faults.CreateFailIndexes.Contains(index)
                ? new(ApiVerdict.Failed, JobApiFaults.CreateMessage)
            : ApiResult.Ok;
        Creations.Add(new(_template, index, result.Succeeded ? null : result.Message));
        if (result.Verdict == ApiVerdict.Failed)
        {
            Events.Add(JobEvent.Warning("FailedCreate", $"Error creating: {result.Message}"));
        }

        return result;
    }

    public ApiResult DeletePod(int pod)
    {
        var name = pods[pod].Metadata.Name;
        var result = _faults.DeleteFailPods.Contains(name) ? new(ApiVerdict.Failed, JobApiFaults.DeleteMessage)
            : _faults.DeleteNotFoundPods.Contains(name) ? NotFound(name)
            : ApiResult.Ok;
        Note(JobPodCallKind.Delete, pod, result);
        if (result.Succeeded)
        {
            Events.Add(JobEvent.Normal("SuccessfulDelete", $"Deleted pod: {name}"));
        }
        else if (result.Verdict == ApiVerdict.Failed)
        {
            Events.Add(JobEvent.Warning("FailedDelete", $"Error deleting: {result.Message}"));
        }

        return result;
    }

    public ApiResult RemoveFinalizer(int pod) => Patch(JobPodCallKind.RemoveFinalizer, pod);

    public ApiResult Adopt(int pod)
    {
        _mayAdopt ??= MayAdopt();
        if (_mayAdopt is { Succeeded: false } refusal)
        {
            var meta = pods[pod].Metadata;
            return refusal.Within($"can't adopt Pod {meta.Namespace}/{meta.Name} ({meta.Uid}): ");
        }

        return Patch(JobPodCallKind.Adopt, pod);
    }

    public ApiResult Release(int pod) => Patch(JobPodCallKind.Release, pod);

    public ApiResult RemoveTrackingAnnotation()
    {
        if (_faults.JobPatchFails)
        {
            return new(ApiVerdict.Failed, JobApiFaults.PatchMessage);
        }

        TrackingAnnotationRemoved = true;
        return ApiResult.Ok;
    }

    public ApiResult WriteStatus(JobStatusColumns status)
    {
        _statusWriteCount++;
        if (_faults.StatusUpdateConflictCalls.Contains(_statusWriteCount))
        {
            return new(ApiVerdict.Conflict, $"Operation cannot be fulfilled on jobs.batch \"{job.Object.Metadata.Name}\": the object has been modified");
        }

        if (_faults.StatusUpdateFailCalls.Contains(_statusWriteCount))
        {
            return new(ApiVerdict.Failed, JobApiFaults.StatusUpdateMessage);
        }

        status.TruncateTimes();
        StatusWrites.Add(status.ToStatus(uidOf));
        return ApiResult.Ok;
    }

    public void Record(JobEvent jobEvent) => Events.Add(jobEvent);

    public void RequeueAfter(TimeSpan delay) => Requeues.Add(delay);

    private ApiResult MayAdopt()
    {
        var meta = job.Object.Metadata;
        return request.LiveJob?.Metadata is not { } live || live.Uid != meta.Uid
                ? new(ApiVerdict.Failed, $"original Job {job.Settings.Key} is gone: got uid {request.LiveJob?.Metadata.Uid}, wanted {meta.Uid}")
            : live.DeletionTimestamp is { } deletedAt
                ? new(ApiVerdict.Failed, $"{job.Settings.Key} has just been deleted at {deletedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} +0000 UTC")
            : ApiResult.Ok;
    }

    private ApiResult Patch(JobPodCallKind kind, int pod)
    {
        var name = pods[pod].Metadata.Name;
        var result = _faults.PatchFailPods.Contains(name) ? new(ApiVerdict.Failed, JobApiFaults.PatchMessage)
            : _faults.PatchNotFoundPods.Contains(name) ? NotFound(name)
            : ApiResult.Ok;
        Note(kind, pod, result);
        return result;
    }

    private void Note(JobPodCallKind kind, int pod, ApiResult result) =>
        Calls.Add(new(kind, pods[pod], result.Succeeded ? null : result.Message));

    private static ApiResult NotFound(string pod) => new(ApiVerdict.NotFound, $"pods \"{pod}\" not found");
}
