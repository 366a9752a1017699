using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Platform;
using K124.Sim.Time;

namespace K124.Sim.Batch.Forecast.World;

/// <summary>An API server, a kubelet and a garbage collector around one Job and its controller, on virtual time.</summary>
/// <remarks>Columns hold the stored pods; the record's table is what the controller's cache shows of them.</remarks>
internal sealed partial class JobWorld
{
    // External steps of an instant come before the controller's work.
    private const int External = 0;
    private const int Controller = 1;

    // Room for pods at the start: what the Job needs at least, within bounds.
    private const int SmallestTable = 16;
    private const int LargestFirstTable = 4_096;

    private static readonly PodFlags Stored = PodFlags.Owned | PodFlags.Matching | PodFlags.Finalizer | PodFlags.Deleting | PodFlags.Bound | PodFlags.Ready | PodFlags.Gone;

    private readonly EventQueue<WorldEvent> _events = new();
    private readonly VirtualClock _clock;
    private readonly JobSyncer _syncer;
    private readonly KubernetesRelease _release;
    private readonly JobRecord _cached;
    private readonly IPodStepsSource _steps;
    private readonly JobTimelineLog? _log;
    private readonly JobAction[] _actions;
    private readonly long _gcTicks;
    private readonly long _batchTicks;
    private readonly bool _templateMatches;

    private readonly JobStatusColumns _status = new();
    private Job _job;
    private bool _exists = true;
    private long _version = 1;

    private PodPhase[] _phases = [];
    private PodFlags[] _flags = [];
    private int[] _indexes = [];
    private int[] _attempts = [];
    private int[] _restarts = [];
    private int[] _slots = [];
    private long[] _createdTicks = [];
    private long[] _readyTicks = [];
    private PodSteps[] _slotSteps = new PodSteps[16];
    private long[] _slotStarts = new long[16];
    private readonly Stack<int> _freeSlots = new();
    private readonly IndexCounts _attemptsByIndex = new();
    private int _slotCount;
    private int _ownedCount;

    public JobWorld(
        Job job, DateTimeOffset start, ClusterProfile profile, IPodStepsSource steps,
        JobWorldOptions options, TimeSpan gcDelay, IEnumerable<JobAction> actions, JobTimelineLog? log)
    {
        _clock = new(start);
        Guard = new(_clock);
        StartTicks = start.UtcTicks;
        _release = profile.Release;
        _syncer = new(profile.Release);
        _job = job with { Status = new() };
        _cached = new(_job, profile.FeatureGates);
        _steps = steps;
        _log = log;
        _gcTicks = gcDelay.Ticks;
        _batchTicks = profile.IsEnabled(JobNames.ReadyPodsGate) ? TimeSpan.TicksPerSecond : 0;
        _podWatch = new(options, "pod-watch");
        _jobWatch = new(options, "job-watch");
        _apiLatencyTicks = options.ApiLatencyMilliseconds * TimeSpan.TicksPerMillisecond;
        _failureProbability = options.FailureProbability;
        _random = options.FailureProbability > 0 ? SeededRandom.Stream(options.Seed, "api-failures") : null;
        _templateMatches = CompiledSelector.TryCompile(job.Spec.Selector, out _)?.Matches(job.Spec.Template.Metadata.Labels) ?? false;
        _actions = [.. actions];
        GrowPods(Math.Clamp(job.Spec.Completions ?? 0, SmallestTable, LargestFirstTable));
        for (var i = 0; i < _actions.Length; i++)
        {
            Push(After(_actions[i].At.Ticks), External, new(WorldEventKind.Action, i));
        }

        if (_log is not null)
        {
            _log.Identity = Identity;
        }

        NotifyJob(JobNotice.Added);
    }

    public long StartTicks { get; }

    public JobRecord Cached => _cached;

    public VirtualClock Clock => _clock;

    /// <summary>What keeps a run from going on for ever.</summary>
    public JobWorldGuard Guard { get; }

    public bool Exists => _exists;

    public Job Job => _job;

    public JobStatusColumns Status => _status;

    /// <summary>Pods ever created; rows run from 0.</summary>
    public int PodCount { get; private set; }

    public long SyncCount { get; private set; }

    /// <summary>Time that pods ran which then succeeded.</summary>
    public long UsefulTicks { get; private set; }

    /// <summary>Time that pods ran which then failed or were deleted.</summary>
    public long WastedTicks { get; private set; }

    public long? NextTicks => _events.Count > 0 ? _events.NextTicks : null;

    public PodPhase PhaseOf(int pod) => _phases[pod];

    public bool PodExists(int pod) => (_flags[pod] & PodFlags.Gone) == PodFlags.None;

    public PodFlags FlagsOf(int pod) => _flags[pod];

    public int IndexOf(int pod) => _indexes[pod];

    public long CreatedTicksOf(int pod) => _createdTicks[pod];

    public string Identity(int pod) => PlannedSteps.Identity(_indexes[pod], _attempts[pod]);

    public JobStatus StoredStatus() => _status.ToStatus(Uid);

    /// <summary>Applies every event that is due.</summary>
    public void RunUntil(long utcTicks)
    {
        while (Step(utcTicks))
        {
        }

        if (utcTicks > _clock.UtcTicks)
        {
            _clock.AdvanceTo(utcTicks);
        }
    }

    /// <summary>Applies the next event, if it is due.</summary>
    public bool Step(long utcTicksMax)
    {
        if (!_events.TryPop(utcTicksMax, out var ticks, out var due))
        {
            return false;
        }

        _clock.AdvanceTo(ticks);
        Apply(due);
        _log?.Flush();
        return true;
    }

    private string Uid(int pod) => "uid-" + Identity(pod);

    /// <summary>The time that lies so far ahead, or the last one there is.</summary>
    private long After(long delayTicks) => _clock.UtcTicks + Math.Min(delayTicks, DateTimeOffset.MaxValue.UtcTicks - _clock.UtcTicks);

    private void Push(long ticks, int priority, WorldEvent worldEvent) => _events.Push(Math.Max(ticks, _clock.UtcTicks), priority, worldEvent);

    private void Apply(WorldEvent due)
    {
        var pod = due.Argument;
        switch (due.Kind)
        {
            case WorldEventKind.Action:
                _log?.Checkpoint(this);
                Perform(_actions[due.Argument]);
                break;
            case WorldEventKind.PodDelivery:
                Deliver(_podWatch.Next());
                break;
            case WorldEventKind.JobDelivery:
                Deliver(_jobWatch.Next());
                break;
            case WorldEventKind.Delayed:
                DelayedIsDue();
                break;
            case WorldEventKind.Work:
                Work();
                break;
            case WorldEventKind.OrphanWork:
                OrphanWork(pod);
                break;
            case WorldEventKind.OrphanCall:
                ReleaseOrphan(pod);
                break;
            case WorldEventKind.CollectPods:
                CollectPods();
                break;
            case WorldEventKind.OrphanPods:
                OrphanPods();
                break;
            case WorldEventKind.CollectJob:
                RemoveJob();
                break;
            case WorldEventKind.Terminated:
                FinishTermination(pod);
                break;
            default:
                ApplyStep(due.Kind, pod);
                break;
        }
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private long NowInSeconds => _clock.UtcTicks - (_clock.UtcTicks % TimeSpan.TicksPerSecond);
}

/// <summary>What happens next in a <see cref="JobWorld"/>.</summary>
internal enum WorldEventKind : byte
{
    Action,
    PodDelivery,
    JobDelivery,
    Delayed,
    Work,
    OrphanWork,
    OrphanCall,
    CollectPods,
    OrphanPods,
    CollectJob,
    Terminated,
    Schedule,
    Start,
    Ready,
    Restart,
    Finish,
}

/// <param name="Kind">What happens.</param>
/// <param name="Argument">The pod or action concerned.</param>
internal readonly record struct WorldEvent(WorldEventKind Kind, int Argument = 0);
