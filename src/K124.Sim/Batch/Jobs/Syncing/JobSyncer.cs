using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>One sync of one Job, in the order of the 1.24 controller, at a cost that follows what changed.</summary>
/// <remarks>What the controller reads from its cache at the start of a sync is noted before the first call that could change it.
/// Holds scratch buffers only. Kubernetes 1.24 pkg/controller/job (syncJob).</remarks>
internal sealed partial class JobSyncer(KubernetesRelease release)
{
    private const int MostPerSync = 500;

    private readonly JobStatusColumns _status = new();

    // Rows as they stood when the sync began: finished or terminating ones with finalizer, and, once noted, active ones with finalizer.
    private readonly List<int> _ended = [];
    private readonly List<int> _activeWithFinalizer = [];
    private readonly List<int> _listedAtStart = [];
    private readonly List<int> _scratch = [];
    private readonly List<IndexRun> _runs = [];
    private readonly List<int> _endedIndexes = [];
    private bool _activeNoted;

    private JobRecord _job = null!;
    private JobSettings _settings = null!;
    private IJobClient _client = null!;
    private DateTimeOffset _now;
    private SyncAction _action;
    private int _active;
    private int _succeeded;
    private int _failed;
    private int? _ready;
    private int _uncountedSucceededAtStart;
    private int _uncountedFailedAtStart;
    private CompletedIndexes _completedBefore = CompletedIndexes.None;
    private CompletedIndexes _completed = CompletedIndexes.None;

    public SyncOutcome Sync(JobRecord job, IJobClient client, DateTimeOffset now)
    {
        if (job.Status.IsFinished)
        {
            return new(Forget: true, Error: null);
        }

        if (!job.Settings.HasKnownMode)
        {
            client.Record(JobEvent.Warning("UnknownCompletionMode", "Skipped Job sync because completion mode is unknown"));
            return new(Forget: false, Error: null);
        }

        (_job, _settings, _client, _now, _action) = (job, job.Settings, client, now, SyncAction.Reconciling);
        _status.CopyFrom(job.Status);
        var outcome = Reconcile();
        ClearMarks();
        job.Metrics.CountSync(_settings.Indexed, outcome.Error is not null, _action, client.SyncDuration);
        return outcome;
    }

    private SyncOutcome Reconcile()
    {
        var tracked = _settings.Tracked;
        if (tracked)
        {
            _status.HasUncounted = true;
        }
        else if (_settings.HasTrackingAnnotation && RemoveTrackingAnnotation() is { Succeeded: false } refusal)
        {
            return new(Forget: false, refusal.Within($"removing tracking finalizer from job {_settings.Key}: "));
        }

        var satisfied = _job.Expectations.Satisfied(_now);
        if (Claim(tracked) is { } claimError)
        {
            return new(Forget: false, claimError);
        }

        Count(tracked);
        Start();

        var newFailure = _failed > _status.Failed;
        var finish = DecideFailure(newFailure);
        CountIndexes(tracked);

        ApiResult? podError = null;
        var suspendedChanged = false;
        if (finish is { } failure)
        {
            (finish, podError) = DeleteActive(failure, tracked);
        }
        else
        {
            var managed = satisfied && !_settings.Deleting;
            if (managed)
            {
                podError = ManagePods();
            }

            if (IsComplete())
            {
                finish = NewCondition(JobNames.Complete, "", "");
            }
            else if (managed)
            {
                suspendedChanged = UpdateSuspended();
            }
        }

        var forget = _status.Succeeded < _succeeded;
        return tracked
            ? FinishTracked(finish, suspendedChanged, newFailure, forget, podError)
            : FinishUntracked(finish, suspendedChanged, newFailure, forget, podError);
    }

    private ApiResult RemoveTrackingAnnotation()
    {
        _client.BeginCalls();
        return _client.RemoveTrackingAnnotation();
    }

    private void Start()
    {
        if (_status.StartTime is not null || _settings.Suspended)
        {
            return;
        }

        _status.StartTime = _now;
        if (!release.RearmsJobDeadline && _settings.ActiveDeadline is { } deadline)
        {
            _client.RequeueAfter(deadline);
        }
    }

    private Condition? DecideFailure(bool newFailure)
    {
        if ((newFailure && _active != _settings.Parallelism && _failed > _settings.BackoffLimit) || RestartsExceedLimit())
        {
            return NewCondition(JobNames.Failed, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }

        if (_settings.ActiveDeadline is not { } deadline || _status.StartTime is not { } startTime || _settings.Suspended)
        {
            return null;
        }

        var remaining = deadline - (_now - startTime);
        if (remaining <= TimeSpan.Zero)
        {
            return NewCondition(JobNames.Failed, "DeadlineExceeded", "Job was active longer than specified deadline");
        }

        if (release.RearmsJobDeadline)
        {
            _client.RequeueAfter(remaining);
        }

        return null;
    }

    private bool RestartsExceedLimit()
    {
        if (!_settings.RestartsOnFailure)
        {
            return false;
        }

        var restarts = _job.Pods.RestartCount;
        return _settings.BackoffLimit == 0 ? restarts > 0 : restarts >= _settings.BackoffLimit;
    }

    private bool IsComplete() => _active == 0 && (_settings.Completions is { } completions ? _succeeded >= completions : _succeeded > 0);

    private bool UpdateSuspended()
    {
        var index = -1;
        for (var i = 0; i < _status.Conditions.Length && index < 0; i++)
        {
            index = _status.Conditions[i].Type == JobNames.Suspended ? i : -1;
        }

        var wanted = _settings.Suspended ? "True" : "False";
        var (reason, message, eventReason) = _settings.Suspended ? ("JobSuspended", "Job suspended", "Suspended") : ("JobResumed", "Job resumed", "Resumed");
        if (index < 0)
        {
            if (!_settings.Suspended)
            {
                return false;
            }

            _status.Conditions = _status.Conditions.Add(NewCondition(JobNames.Suspended, reason, message));
        }
        else
        {
            var condition = _status.Conditions[index];
            if (condition.Status == wanted && condition.Reason == reason && condition.Message == message)
            {
                return false;
            }

            _status.Conditions = _status.Conditions.SetItem(
                index, condition with { Status = wanted, Reason = reason, Message = message, LastTransitionTime = _now });
        }

        _client.Record(JobEvent.Normal(eventReason, message));
        if (!_settings.Suspended)
        {
            _status.StartTime = _now;
        }

        return true;
    }

    /// <summary>Puts the terminal condition into the status, unless finished pods still wait to be counted.</summary>
    private bool Enact(Condition? finish)
    {
        if (finish is null || _status.UncountedSucceeded.Count + _status.UncountedFailed.Count > 0)
        {
            return false;
        }

        _status.Conditions = _status.Conditions.Add(finish);
        var failed = finish.Type == JobNames.Failed;
        if (failed)
        {
            _client.Record(JobEvent.Warning(finish.Reason, finish.Message));
        }
        else
        {
            _status.CompletionTime = finish.LastTransitionTime;
            if (_settings.Completions is { } completions && _status.Succeeded > completions)
            {
                _client.Record(JobEvent.Warning("TooManySucceededPods", "Too many succeeded pods running after completion count reached"));
            }

            _client.Record(JobEvent.Normal("Completed", "Job completed"));
        }

        _job.Metrics.CountFinishedJob(_settings.Indexed, failed);
        return true;
    }

    private Condition NewCondition(string type, string reason, string message) => new()
    {
        Type = type,
        Status = "True",
        Reason = reason,
        Message = message,
        LastProbeTime = _now,
        LastTransitionTime = _now,
    };

    private ApiResult FailedPods() => new(ApiVerdict.Failed, $"failed pod(s) detected for job key \"{_settings.Key}\"");
}
