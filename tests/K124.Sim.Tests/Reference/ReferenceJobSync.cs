using K124.Sim.Batch.Jobs;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Reference;

/// <summary>One sync of the Job controller written for reading, step by step as 1.24 takes them: it looks at every pod, and no call fails.</summary>
internal sealed class ReferenceJobSync(Job job, Pod[] pods, DateTimeOffset now, ClusterProfile profile)
{
    private const int Cap = 500;

    private readonly bool _indexed = job.Spec.CompletionMode == "Indexed";
    private readonly bool _tracked = profile.IsEnabled("JobTrackingWithFinalizers") && job.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation);
    private readonly List<Condition> _conditions = [.. job.Status.Conditions];
    private HashSet<string> _inFlight = [];
    private int _active;
    private int _succeeded;
    private int _failed;
    private int? _ready;
    private DateTimeOffset? _startTime = job.Status.StartTime;
    private DateTimeOffset? _completionTime;
    private SortedSet<int> _completedBefore = [];
    private SortedSet<int> _completed = [];

    public List<int> Created { get; } = [];

    public int CreatedCount { get; private set; }

    public List<string> Deleted { get; } = [];

    public List<string> Released { get; } = [];

    public List<JobStatus> Writes { get; } = [];

    public List<string> Events { get; } = [];

    public List<TimeSpan> Requeues { get; } = [];

    public bool Forget { get; private set; }

    public string? Error { get; private set; }

    private IEnumerable<Pod> Active => pods.Where(pod => pod.Status.Phase is not ("Succeeded" or "Failed") && pod.Metadata.DeletionTimestamp is null);

    private bool Suspended => job.Spec.Suspend == true;

    public void Run(bool expectationsSatisfied, IEnumerable<string> inFlight)
    {
        if (job.Status.Conditions.Any(condition => condition is { Type: "Complete" or "Failed", Status: "True" }))
        {
            Forget = true;
            return;
        }

        _inFlight = [.. inFlight];
        _active = Active.Count();
        _ready = profile.IsEnabled("JobReadyPods") ? Active.Count(pod => pod.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" })) : null;
        Count();
        Start();
        var newFailure = _failed > job.Status.Failed;
        var finish = FailureReason(newFailure);
        CountIndexes();
        var suspendedChanged = false;
        if (finish is not null)
        {
            Deleted.AddRange(Active.Select(pod => pod.Metadata.Name));
            _failed += _active;
            _active = 0;
        }
        else
        {
            var manages = expectationsSatisfied && job.Metadata.DeletionTimestamp is null;
            if (manages)
            {
                ManagePods();
            }

            if (_active == 0 && (job.Spec.Completions is { } completions ? _succeeded >= completions : _succeeded > 0))
            {
                finish = "";
            }
            else if (manages)
            {
                suspendedChanged = UpdateSuspended();
            }
        }

        Forget = job.Status.Succeeded < _succeeded;
        if (_tracked)
        {
            WriteTracked(finish, suspendedChanged, newFailure);
        }
        else
        {
            WriteUntracked(finish, suspendedChanged, newFailure);
        }
    }

    private static bool HasFinalizer(Pod pod) => pod.Metadata.Finalizers.Contains(JobNames.TrackingFinalizer);

    private static int IndexOf(Pod pod) =>
        pod.Metadata.Annotations.TryGetValue(JobNames.CompletionIndexAnnotation, out var text) && int.TryParse(text, out var index) && index >= 0 ? index : -1;

    private bool IsValid(Pod pod) => !_indexed || (IndexOf(pod) >= 0 && IndexOf(pod) < (job.Spec.Completions ?? 0));

    private string[] Listed(bool failed) => [.. (failed ? job.Status.UncountedTerminatedPods?.Failed : job.Status.UncountedTerminatedPods?.Succeeded) ?? []];

    private bool IsUncounted(Pod pod) => HasFinalizer(pod) && !_inFlight.Contains(pod.Metadata.Uid);

    private void Count()
    {
        if (!_tracked)
        {
            _succeeded = pods.Count(pod => pod.Status.Phase == "Succeeded" && IsValid(pod));
            _failed = pods.Count(pod => pod.Status.Phase == "Failed" && IsValid(pod));
            return;
        }

        _succeeded = job.Status.Succeeded + Listed(failed: false).Distinct().Count()
            + pods.Count(pod => IsUncounted(pod) && !Listed(failed: false).Contains(pod.Metadata.Uid) && IsValid(pod) && pod.Status.Phase == "Succeeded");
        _failed = job.Status.Failed + Listed(failed: true).Distinct().Count()
            + pods.Count(pod => IsUncounted(pod) && !Listed(failed: true).Contains(pod.Metadata.Uid) && IsValid(pod)
                && (pod.Status.Phase == "Failed" || (pod.Metadata.DeletionTimestamp is not null && pod.Status.Phase != "Succeeded")));
    }

    private void Start()
    {
        if (_startTime is null && !Suspended)
        {
            _startTime = now;
            if (!profile.Release.RearmsJobDeadline && job.Spec.ActiveDeadlineSeconds is { } seconds)
            {
                Requeues.Add(TimeSpan.FromSeconds(seconds));
            }
        }
    }

    private string? FailureReason(bool newFailure)
    {
        var limit = job.Spec.BackoffLimit ?? 6;
        var restarts = pods.Where(pod => pod.Status.Phase is "Pending" or "Running").Sum(pod => pod.Status.ContainerStatuses.Sum(container => container.RestartCount));
        var restartedTooOften = job.Spec.Template.Spec.RestartPolicy == "OnFailure" && (limit == 0 ? restarts > 0 : restarts >= limit);
        if ((newFailure && _active != job.Spec.Parallelism && _failed > limit) || restartedTooOften)
        {
            return "BackoffLimitExceeded";
        }

        if (job.Spec.ActiveDeadlineSeconds is not { } deadline || _startTime is null || Suspended)
        {
            return null;
        }

        var remaining = TimeSpan.FromSeconds(deadline) - (now - _startTime.Value);
        if (remaining <= TimeSpan.Zero)
        {
            return "DeadlineExceeded";
        }

        if (profile.Release.RearmsJobDeadline)
        {
            Requeues.Add(remaining);
        }

        return null;
    }

    private void CountIndexes()
    {
        if (!_indexed)
        {
            return;
        }

        _completedBefore = _tracked ? ReadIndexes(job.Status.CompletedIndexes) : [];
        _completed = [.. _completedBefore, .. pods.Where(pod => pod.Status.Phase == "Succeeded" && IsValid(pod) && (!_tracked || HasFinalizer(pod))).Select(IndexOf)];
        _succeeded = _completed.Count;
    }

    private static SortedSet<int> ReadIndexes(string text)
    {
        var indexes = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-').Select(int.Parse).ToArray();
            indexes.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }

        return indexes;
    }

    private static string WriteIndexes(SortedSet<int> indexes)
    {
        var parts = new List<string>();
        foreach (var first in indexes.Where(index => !indexes.Contains(index - 1)))
        {
            var last = first;
            while (indexes.Contains(last + 1))
            {
                last++;
            }

            parts.Add(last == first ? $"{first}" : last == first + 1 ? $"{first},{last}" : $"{first}-{last}");
        }

        return string.Join(',', parts);
    }

    private void ManagePods()
    {
        if (Suspended)
        {
            Delete(Ranked(Active).Take(_active));
            return;
        }

        var wanted = job.Spec.Completions is { } completions
            ? Math.Max(0, Math.Min(job.Spec.Parallelism ?? 1, completions - _succeeded))
            : _succeeded > 0 ? _active : job.Spec.Parallelism ?? 1;
        var surplus = Math.Max(0, _active - wanted);
        var doomed = new List<Pod>();
        if (_indexed)
        {
            foreach (var group in Active.GroupBy(pod => IsValid(pod) ? IndexOf(pod) : -1))
            {
                doomed.AddRange(group.Key < 0 ? group : Ranked(group).SkipLast(1));
            }
        }

        doomed.AddRange(Ranked(Active.Except(doomed)).Take(surplus - doomed.Count));
        if (doomed.Count > 0)
        {
            Delete(doomed.Take(Cap));
        }
        else if (_active < wanted)
        {
            Create(Math.Min(wanted - _active, Cap));
        }
    }

    private IEnumerable<Pod> Ranked(IEnumerable<Pod> unranked) => unranked
        .OrderBy(pod => pod.Spec.NodeName.Length > 0)
        .ThenBy(pod => pod.Status.Phase switch { "Running" => 2, "Unknown" => 1, _ => 0 })
        .ThenBy(IsReady)
        .ThenByDescending(pod => IsReady(pod) ? ReadyAt(pod) ?? DateTimeOffset.MaxValue : DateTimeOffset.MaxValue)
        .ThenByDescending(pod => pod.Status.ContainerStatuses.Select(container => container.RestartCount).DefaultIfEmpty().Max())
        .ThenByDescending(pod => pod.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue)
        .ThenBy(pod => _indexed ? IndexOf(pod) : 0);

    private static bool IsReady(Pod pod) => pod.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" });

    private static DateTimeOffset? ReadyAt(Pod pod) => pod.Status.Conditions.First(condition => condition.Type == "Ready").LastTransitionTime;

    private void Delete(IEnumerable<Pod> doomed)
    {
        foreach (var pod in doomed)
        {
            if (HasFinalizer(pod))
            {
                Released.Add(pod.Metadata.Name);
            }

            Deleted.Add(pod.Metadata.Name);
            _active--;
        }
    }

    private void Create(int count)
    {
        if (_indexed)
        {
            var used = Active.Select(IndexOf).ToHashSet();
            Created.AddRange(Enumerable.Range(0, job.Spec.Completions ?? 0).Where(index => !_completed.Contains(index) && !used.Contains(index)).Take(count));
            count = Created.Count;
        }

        CreatedCount = count;
        _active += count;
    }

    private bool UpdateSuspended()
    {
        var at = _conditions.FindIndex(condition => condition.Type == "Suspended");
        if (at < 0 && !Suspended)
        {
            return false;
        }

        var wanted = new Condition
        {
            Type = "Suspended",
            Status = Suspended ? "True" : "False",
            Reason = Suspended ? "JobSuspended" : "JobResumed",
            Message = Suspended ? "Job suspended" : "Job resumed",
            LastProbeTime = at < 0 ? now : _conditions[at].LastProbeTime,
            LastTransitionTime = now,
        };
        if (at < 0)
        {
            _conditions.Add(wanted);
        }
        else if (_conditions[at].Status == wanted.Status)
        {
            return false;
        }
        else
        {
            _conditions[at] = wanted;
        }

        Events.Add(Suspended ? "Suspended" : "Resumed");
        _startTime = Suspended ? _startTime : now;
        return true;
    }

    private void WriteUntracked(string? finish, bool suspendedChanged, bool newFailure)
    {
        Released.AddRange(pods.Where(pod => HasFinalizer(pod) && !Released.Contains(pod.Metadata.Name)).Select(pod => pod.Metadata.Name));
        var old = job.Status;
        if (old.Active == _active && old.Succeeded == _succeeded && old.Failed == _failed && old.Ready == _ready && !suspendedChanged && finish is null)
        {
            return;
        }

        Enact(finish, _succeeded);
        Write(_succeeded, _failed, _indexed ? WriteIndexes(_completed) : old.CompletedIndexes, null);
        Conclude(newFailure && finish is null, suspendedChanged);
    }

    private void WriteTracked(string? finish, bool suspendedChanged, bool newFailure)
    {
        var old = job.Status;
        int succeeded = old.Succeeded, failed = old.Failed;
        var text = old.CompletedIndexes;
        var live = pods.Where(IsUncounted).Select(pod => pod.Metadata.Uid).ToHashSet();
        var listedSucceeded = Listed(failed: false).Where(live.Contains).ToList();
        var listedFailed = Listed(failed: true).Where(live.Contains).ToList();
        succeeded += Listed(failed: false).Length - listedSucceeded.Count;
        failed += Listed(failed: true).Length - listedFailed.Count;
        var needsWrite = suspendedChanged || old.Active != _active || old.Ready != _ready
            || listedSucceeded.Count + listedFailed.Count != Listed(failed: false).Length + Listed(failed: true).Length;

        var newIndexes = new SortedSet<int>();
        var releasing = new List<Pod>();
        foreach (var pod in (_indexed ? pods.OrderBy(IndexOf) : pods.AsEnumerable()).Where(IsUncounted))
        {
            var terminal = finish is not null || pod.Metadata.DeletionTimestamp is not null;
            var finished = pod.Status.Phase is "Succeeded" or "Failed";
            if (!finished && !terminal && job.Metadata.DeletionTimestamp is null)
            {
                continue;
            }

            releasing.Add(pod);
            if (pod.Status.Phase == "Succeeded")
            {
                needsWrite |= _indexed
                    ? IsValid(pod) && !_completedBefore.Contains(IndexOf(pod)) && (newIndexes.Add(IndexOf(pod)) || true)
                    : AddIfAbsent(listedSucceeded, pod.Metadata.Uid);
            }
            else if ((pod.Status.Phase == "Failed" || terminal) && IsValid(pod))
            {
                needsWrite |= AddIfAbsent(listedFailed, pod.Metadata.Uid);
            }
        }

        if (newIndexes.Count > 0)
        {
            SortedSet<int> all = [.. _completedBefore, .. newIndexes];
            text = WriteIndexes(all);
            succeeded = all.Count;
        }

        var wroteFirst = needsWrite;
        if (needsWrite)
        {
            Write(succeeded, failed, text, (listedSucceeded, listedFailed));
        }

        // Every patch succeeds, so that everything that was released is counted.
        Released.AddRange(releasing.Select(pod => pod.Metadata.Name));
        var gone = releasing.Select(pod => pod.Metadata.Uid).ToHashSet();
        var counted = listedSucceeded.Count(gone.Contains) + listedFailed.Count(gone.Contains);
        succeeded += listedSucceeded.RemoveAll(gone.Contains);
        failed += listedFailed.RemoveAll(gone.Contains);
        var enacts = finish is not null && listedSucceeded.Count + listedFailed.Count == 0;
        if (enacts)
        {
            Enact(finish, succeeded);
        }

        if (counted > 0 || enacts)
        {
            Write(succeeded, failed, text, (listedSucceeded, listedFailed));
        }

        Conclude(newFailure && !(enacts && !wroteFirst), suspendedChanged);
    }

    private static bool AddIfAbsent(List<string> list, string uid)
    {
        if (list.Contains(uid))
        {
            return false;
        }

        list.Add(uid);
        return true;
    }

    private void Enact(string? finish, int succeeded)
    {
        if (finish is null)
        {
            return;
        }

        var failed = finish.Length > 0;
        _conditions.Add(new()
        {
            Type = failed ? "Failed" : "Complete",
            Status = "True",
            Reason = finish,
            Message = finish switch
            {
                "BackoffLimitExceeded" => "Job has reached the specified backoff limit",
                "DeadlineExceeded" => "Job was active longer than specified deadline",
                _ => "",
            },
            LastProbeTime = now,
            LastTransitionTime = now,
        });
        if (failed)
        {
            Events.Add(finish);
            return;
        }

        _completionTime = now;
        if (job.Spec.Completions is { } completions && succeeded > completions)
        {
            Events.Add("TooManySucceededPods");
        }

        Events.Add("Completed");
    }

    private void Write(int succeeded, int failed, string completedIndexes, (List<string> Succeeded, List<string> Failed)? uncounted) => Writes.Add(new()
    {
        Conditions = [.. _conditions],
        StartTime = _startTime,
        CompletionTime = _completionTime,
        Active = _active,
        Succeeded = succeeded,
        Failed = failed,
        Ready = _ready,
        CompletedIndexes = completedIndexes,
        UncountedTerminatedPods = uncounted is { } lists
            ? new() { Succeeded = [.. lists.Succeeded.Order(StringComparer.Ordinal)], Failed = [.. lists.Failed.Order(StringComparer.Ordinal)] }
            : null,
    });

    private void Conclude(bool backsOff, bool suspendedChanged)
    {
        Error = backsOff ? $"failed pod(s) detected for job key \"{job.Metadata.Namespace}/{job.Metadata.Name}\"" : null;
        Forget |= !backsOff && (suspendedChanged || !profile.Release.BacksOffFailedPodRetries);
    }
}
