using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Answers the calls of one sync as it is told to, and notes every call. No watch event is delivered.</summary>
internal sealed class RequestClient(JobSyncRequest request, JobApiAnswers answers, JobRecord job, ImmutableArray<Pod> pods, Func<int, string> uidOf) : IJobClient
{
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
        var result = answers.CreatePod(job.Object, index, Creations.Count);
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
        var result = answers.DeletePod(name);
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
        var result = answers.PatchJob();
        TrackingAnnotationRemoved |= result.Succeeded;
        return result;
    }

    public ApiResult WriteStatus(JobStatusColumns status)
    {
        var result = answers.WriteStatus(job.Object, ++_statusWriteCount);
        if (result.Succeeded)
        {
            status.TruncateTimes();
            StatusWrites.Add(status.ToStatus(uidOf));
        }

        return result;
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
        var result = answers.PatchPod(name);
        Note(kind, pod, result);
        return result;
    }

    private void Note(JobPodCallKind kind, int pod, ApiResult result) =>
        Calls.Add(new(kind, pods[pod], result.Succeeded ? null : result.Message));
}
