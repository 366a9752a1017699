using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Text;
using K124.Sim.Time;

namespace K124.Sim.Batch.CronJobs;

/// <summary>One sync of one CronJob.</summary>
internal sealed class CronJobSync
{
    public const string Source = "cronjob-controller";
    public const string TimeZoneGate = "CronJobTimeZone";

    /// <summary>How long after a time its run is started, so that clocks agree that it has come.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);

    private const int ManyMissed = 100;
    private const string Help = "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/";

    private readonly IReadOnlyCollection<Job> _jobs;
    private readonly IApiClient _api;
    private readonly FeatureGates _gates;
    private readonly Func<string, TimeZoneInfo?> _timeZones;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _now;
    private CronJob _cronJob;
    private bool _mustWrite;
    private TimeSpan? _requeueAfter;

    public CronJobSync(
        CronJob cronJob, IReadOnlyCollection<Job> jobs, IApiClient api, FeatureGates gates, Func<string, TimeZoneInfo?> timeZones, TimeZoneInfo zone)
    {
        _cronJob = cronJob;
        _jobs = jobs;
        _api = api;
        _gates = gates;
        _timeZones = timeZones;
        _zone = zone;
        _now = api.Now;
    }

    /// <summary>The schedule with the zone that it is read in.</summary>
    public static string ScheduleOf(CronJob cronJob, FeatureGates gates, Func<string, TimeZoneInfo?> timeZones)
    {
        var schedule = cronJob.Spec.Schedule;
        return !schedule.Contains("TZ", StringComparison.Ordinal) && gates.IsEnabled(TimeZoneGate) && cronJob.Spec.TimeZone is { } name
            && CronSchedule.FindZone(name, timeZones) is not null ? $"TZ={name} {schedule}" : schedule;
    }

    public Reconciliation Run()
    {
        if ((NoteJobs() ?? NoteMissing() ?? Start()) is { } error)
        {
            return new((_mustWrite ? _api.UpdateStatus(_cronJob).Status?.Message : null) ?? error);
        }

        CleanUp();
        return _mustWrite && _api.UpdateStatus(_cronJob).Status is { } refusal ? new(refusal.Message) : new(RequeueAfter: _requeueAfter);
    }

    private string? NoteJobs()
    {
        foreach (var job in _jobs)
        {
            var isActive = IsActive(job.Metadata.Uid);
            var finished = Finished(job);
            if (!isActive && finished is null)
            {
                var key = ObjectKey.Of(_cronJob);
                if (_api.Get<CronJob>(key) is not { } live)
                {
                    return ApiReasons.NotFound("cronjobs.batch", key.Name).Message;
                }

                if (live.Status.Active.Any(reference => reference.Uid == job.Metadata.Uid))
                {
                    _cronJob = live;
                    continue;
                }

                Warn("UnexpectedJob", $"Saw a job that the controller did not create or forgot: {job.Metadata.Name}");
            }
            else if (isActive && finished is not null)
            {
                RemoveActive(job.Metadata.Uid);
                Tell("SawCompletedJob", $"Saw completed job: {job.Metadata.Name}, status: {finished}");
                _mustWrite = true;
            }
            else if (finished is not null)
            {
                NoteSuccess(job);
            }
        }

        return null;
    }

    private void NoteSuccess(Job job)
    {
        var last = _cronJob.Status.LastSuccessfulTime;
        if (last is null || job.Status.CompletionTime > last)
        {
            _cronJob = _cronJob with { Status = _cronJob.Status with { LastSuccessfulTime = job.Status.CompletionTime } };
            _mustWrite = true;
        }
    }

    private string? NoteMissing()
    {
        foreach (var reference in _cronJob.Status.Active)
        {
            if (_jobs.All(job => job.Metadata.Uid != reference.Uid) && _api.Get<Job>(new(reference.Namespace, reference.Name)) is null)
            {
                Tell("MissingJob", $"Active job went missing: {reference.Name}");
                RemoveActive(reference.Uid);
                _mustWrite = true;
            }
        }

        return null;
    }

    /// <summary>Starts the run whose time has come.</summary>
    /// <returns>What went wrong; null if nothing.</returns>
    private string? Start()
    {
        if (_cronJob.Metadata.DeletionTimestamp is not null || IsZoneUnknown() || _cronJob.Spec.Suspend == true || Parse() is not { } schedule)
        {
            return null;
        }

        var missed = Missed(schedule);
        if (missed.Error is { } error)
        {
            Warn("InvalidSchedule", $"invalid schedule: {_cronJob.Spec.Schedule} : {error}");
            return null;
        }

        _requeueAfter = schedule.Next(_now, _zone) + Slack - _now;
        if (missed.Latest is not { } time || IsTooLate(time) || IsStarted(time) || IsForbidden())
        {
            return null;
        }

        var failure = _cronJob.Spec.ConcurrencyPolicy == "Replace" ? DeleteActive() : null;
        failure ??= Create(time);
        if (failure is not null)
        {
            _requeueAfter = null;
        }

        return failure;
    }

    private bool IsZoneUnknown()
    {
        if (!_gates.IsEnabled(TimeZoneGate) || _cronJob.Spec.TimeZone is not { } name || CronSchedule.FindZone(name, _timeZones) is not null)
        {
            return false;
        }

        Warn("UnknownTimeZone", $"invalid timeZone: {GoText.Quote(name)}: unknown time zone {name}");
        return true;
    }

    private CronSchedule? Parse()
    {
        var text = _cronJob.Spec.Schedule;
        if (text.Contains("TZ", StringComparison.Ordinal))
        {
            Warn("UnsupportedSchedule", $"CRON_TZ or TZ used in schedule {GoText.Quote(text)} is not officially supported, see {Help} for more details");
        }

        if (CronSchedule.TryParse(ScheduleOf(_cronJob, _gates, _timeZones), _timeZones, out var schedule, out var error))
        {
            return schedule;
        }

        Warn("UnparseableSchedule", $"unparseable schedule: {GoText.Quote(text)} : {error}");
        return null;
    }

    private MissedRuns Missed(CronSchedule schedule)
    {
        var earliest = _cronJob.Status.LastScheduleTime ?? _cronJob.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue;
        if (_cronJob.Spec.StartingDeadlineSeconds is { } deadline && _now.AddSeconds(-deadline) > earliest)
        {
            earliest = _now.AddSeconds(-deadline);
        }

        if (earliest > _now)
        {
            return default;
        }

        var missed = MissedRuns.Between(schedule, _zone, earliest, _now);
        if (missed.Count > ManyMissed)
        {
            Warn(
                "TooManyMissedTimes",
                $"too many missed start times: {missed.Count}. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
        }

        return missed;
    }

    private bool IsTooLate(DateTimeOffset time)
    {
        if (_cronJob.Spec.StartingDeadlineSeconds is not { } deadline || time.AddSeconds(deadline) >= _now)
        {
            return false;
        }

        var text = time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        Warn("MissSchedule", $"Missed scheduled time to start a job: {text}");
        return true;
    }

    private bool IsStarted(DateTimeOffset time)
    {
        var name = NameOf(time);
        return _cronJob.Status.LastScheduleTime == time
            || _cronJob.Status.Active.Any(reference => reference.Name == name && reference.Namespace == _cronJob.Metadata.Namespace);
    }

    private bool IsForbidden()
    {
        if (_cronJob.Spec.ConcurrencyPolicy != "Forbid" || _cronJob.Status.Active.IsEmpty)
        {
            return false;
        }

        Tell("JobAlreadyActive", "Not starting job because prior execution is running and concurrency policy is Forbid");
        return true;
    }

    private string? DeleteActive()
    {
        foreach (var reference in _cronJob.Status.Active)
        {
            if (_api.Get<Job>(new(reference.Namespace, reference.Name)) is not { } job)
            {
                var refusal = ApiReasons.NotFound("jobs.batch", reference.Name).Message;
                Warn("FailedGet", $"Get job: {refusal}");
                return refusal;
            }

            if (!Delete(job))
            {
                return $"could not replace job {ObjectKey.Of(job)}";
            }

            _mustWrite = true;
        }

        return null;
    }

    private string? Create(DateTimeOffset time)
    {
        var template = _cronJob.Spec.JobTemplate;
        var name = NameOf(time);
        var result = _api.Write(new()
        {
            Verb = ApiVerb.Create,
            Kind = ApiKind.Of<Job>(),
            Key = new(_cronJob.Metadata.Namespace, name),
            Object = new Job
            {
                Metadata = new()
                {
                    Name = name,
                    CreationTimestamp = time,
                    Labels = template.Metadata.Labels,
                    Annotations = template.Metadata.Annotations,
                    OwnerReferences = [ControllerReference.To(_cronJob)],
                },
                Spec = template.Spec,
            },
        });
        var job = result.Value?.Metadata ?? new();
        if (!result.Succeeded && !result.Status.IsNamespaceTerminating())
        {
            if (!result.Status.IsAlreadyExists())
            {
                Warn("FailedCreate", $"Error creating job: {result.Status.Message}");
            }

            return result.Status.Message;
        }

        Tell("SuccessfulCreate", $"Created job {job.Name}");
        _cronJob = _cronJob with
        {
            Status = _cronJob.Status with
            {
                LastScheduleTime = time,
                Active = _cronJob.Status.Active.Add(new()
                {
                    ApiVersion = "batch/v1",
                    Kind = "Job",
                    Namespace = job.Namespace,
                    Name = job.Name,
                    Uid = job.Uid,
                    ResourceVersion = job.ResourceVersion,
                }),
            },
        };
        _mustWrite = true;
        return null;
    }

    private void CleanUp()
    {
        if (_cronJob.Spec.SuccessfulJobsHistoryLimit is { } successful)
        {
            DeleteOldest("Complete", successful);
        }

        if (_cronJob.Spec.FailedJobsHistoryLimit is { } failed)
        {
            DeleteOldest("Failed", failed);
        }
    }

    private void DeleteOldest(string condition, int limit)
    {
        Job[] jobs =
        [
            .. _jobs.Where(job => Finished(job) == condition)
                .OrderBy(static job => job.Status.StartTime ?? DateTimeOffset.MaxValue)
                .ThenBy(static job => job.Metadata.Name, StringComparer.Ordinal),
        ];
        foreach (var job in jobs.Take(Math.Max(0, jobs.Length - limit)))
        {
            _mustWrite |= Delete(job);
        }
    }

    private bool Delete(Job job)
    {
        if (_api.Delete<Job>(ObjectKey.Of(job), new() { PropagationPolicy = "Background" }).Status is { } refusal)
        {
            Warn("FailedDelete", $"Deleted job: {refusal.Message}");
            return false;
        }

        RemoveActive(job.Metadata.Uid);
        Tell("SuccessfulDelete", $"Deleted job {job.Metadata.Name}");
        return true;
    }

    private string NameOf(DateTimeOffset time)
    {
        const long SecondsAMinute = 60;
        return string.Create(CultureInfo.InvariantCulture, $"{_cronJob.Metadata.Name}-{time.ToUnixTimeSeconds() / SecondsAMinute}");
    }

    private bool IsActive(string uid) => _cronJob.Status.Active.Any(reference => reference.Uid == uid);

    private void RemoveActive(string uid)
    {
        if (IsActive(uid))
        {
            _cronJob = _cronJob with
            {
                Status = _cronJob.Status with { Active = [.. _cronJob.Status.Active.Where(reference => reference.Uid != uid)] },
            };
        }
    }

    private static string? Finished(Job job) =>
        job.Status.Conditions.FirstOrDefault(static condition => condition is { Type: "Complete" or "Failed", Status: "True" })?.Type;

    private void Tell(string reason, string message) => _api.Record(ApiEvent.Normal(_cronJob, reason, message, Source));

    private void Warn(string reason, string message) => _api.Record(ApiEvent.Warning(_cronJob, reason, message, Source));
}
