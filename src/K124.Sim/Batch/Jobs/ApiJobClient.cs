using K124.Sim.Api;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model;
using JobVerdict = K124.Sim.Batch.Jobs.Syncing.ApiResult;

namespace K124.Sim.Batch.Jobs;

/// <summary>The calls of a sync, sent to the API server.</summary>
internal sealed class ApiJobClient(JobRecord job, IReadOnlyList<Pod> pods, Func<int, string> uidOf, IApiClient api, IWorkQueue queue, ObjectKey key, int recordedFailures) : IJobClient
{
    private const string Source = "job-controller";

    private readonly JobPodTemplate _template = new(job.Object, job.Settings.Indexed, job.Settings.Tracked);
    private JobVerdict? _mayAdopt;

    public TimeSpan SyncDuration => TimeSpan.Zero;

    public int RecordedFailures => recordedFailures;

    public void BeginCalls()
    {
        // Calls take no time of their own here; a decorator of the connection may add some.
    }

    public JobVerdict CreatePod(int index)
    {
        var pod = _template.Make(index);
        var result = api.Create(pod with { Metadata = pod.Metadata with { Namespace = key.Namespace } });
        if (result.Succeeded)
        {
            Record(JobEvent.Normal("SuccessfulCreate", $"Created pod: {result.Value.Metadata.Name}"));
            return JobVerdict.Ok;
        }

        var verdict = VerdictOf(result.Status);
        if (verdict.Verdict != ApiVerdict.NamespaceTerminating)
        {
            Record(JobEvent.Warning("FailedCreate", $"Error creating: {verdict.Message}"));
        }

        return verdict;
    }

    public JobVerdict DeletePod(int pod)
    {
        var result = api.Delete<Pod>(ObjectKey.Of(pods[pod]));
        if (result.Succeeded)
        {
            Record(JobEvent.Normal("SuccessfulDelete", $"Deleted pod: {pods[pod].Metadata.Name}"));
            return JobVerdict.Ok;
        }

        var verdict = VerdictOf(result.Status);
        if (verdict.Verdict != ApiVerdict.NotFound)
        {
            Record(JobEvent.Warning("FailedDelete", $"Error deleting: {verdict.Message}"));
        }

        return verdict;
    }

    public JobVerdict RemoveFinalizer(int pod) => Change(pod, static (meta, _) => meta with { Finalizers = meta.Finalizers.Remove(JobNames.TrackingFinalizer) });

    public JobVerdict Adopt(int pod)
    {
        _mayAdopt ??= MayAdopt();
        if (_mayAdopt is { Succeeded: false } refusal)
        {
            var meta = pods[pod].Metadata;
            return refusal.Within($"can't adopt Pod {meta.Namespace}/{meta.Name} ({meta.Uid}): ");
        }

        return Change(pod, static (meta, job) => meta with
        {
            OwnerReferences = meta.OwnerReferences.Add(JobPodTemplate.ReferenceTo(job.Object)),
            Finalizers = job.Settings.Tracked && !meta.Finalizers.Contains(JobNames.TrackingFinalizer) ? meta.Finalizers.Add(JobNames.TrackingFinalizer) : meta.Finalizers,
        });
    }

    public JobVerdict Release(int pod) => Change(pod, static (meta, job) => meta with
    {
        OwnerReferences = meta.OwnerReferences.RemoveAll(owner => owner.Uid == job.Object.Metadata.Uid),
        Finalizers = meta.Finalizers.Remove(JobNames.TrackingFinalizer),
    });

    public JobVerdict RemoveTrackingAnnotation()
    {
        if (api.Get<Job>(key) is not { } live)
        {
            return new(ApiVerdict.NotFound, $"jobs.batch \"{key.Name}\" not found");
        }

        var result = api.Update(live with { Metadata = live.Metadata with { Annotations = live.Metadata.Annotations.Without(JobNames.TrackingFinalizer) } });
        return result.Succeeded ? JobVerdict.Ok : VerdictOf(result.Status);
    }

    public JobVerdict WriteStatus(JobStatusColumns status)
    {
        status.TruncateTimes();
        var result = api.UpdateStatus(job.Object with { Status = status.ToStatus(uidOf) });
        return result.Succeeded ? JobVerdict.Ok : VerdictOf(result.Status);
    }

    public void Record(JobEvent jobEvent) => api.Record(jobEvent.Type == "Normal"
        ? ApiEvent.Normal(job.Object, jobEvent.Reason, jobEvent.Message, Source)
        : ApiEvent.Warning(job.Object, jobEvent.Reason, jobEvent.Message, Source));

    public void RequeueAfter(TimeSpan delay) => queue.AddAfter(key, delay);

    private JobVerdict MayAdopt()
    {
        var meta = job.Object.Metadata;
        var live = api.Get<Job>(key)?.Metadata;
        return live is null || live.Uid != meta.Uid
                ? new(ApiVerdict.Failed, $"original Job {job.Settings.Key} is gone: got uid {live?.Uid}, wanted {meta.Uid}")
            : live.DeletionTimestamp is { } deletedAt
                ? new(ApiVerdict.Failed, $"{job.Settings.Key} has just been deleted at {deletedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} +0000 UTC")
            : JobVerdict.Ok;
    }

    /// <summary>Changes metadata of a pod as it stands now.</summary>
    private JobVerdict Change(int pod, Func<ObjectMeta, JobRecord, ObjectMeta> change)
    {
        var podKey = ObjectKey.Of(pods[pod]);
        if (api.Get<Pod>(podKey) is not { } live || live.Metadata.Uid != pods[pod].Metadata.Uid)
        {
            return new(ApiVerdict.NotFound, $"pods \"{podKey.Name}\" not found");
        }

        var result = api.Update(live with { Metadata = change(live.Metadata, job) });
        return result.Succeeded ? JobVerdict.Ok : VerdictOf(result.Status);
    }

    private static JobVerdict VerdictOf(ApiStatus status) => new(
        status switch
        {
            { Code: 404 } => ApiVerdict.NotFound,
            { Reason: "Conflict" } => ApiVerdict.Conflict,
            { Details.Causes: [{ Reason: "NamespaceTerminating" }, ..] } => ApiVerdict.NamespaceTerminating,
            { Code: 422 } => ApiVerdict.Invalid,
            _ => ApiVerdict.Failed,
        },
        status.Message);
}
