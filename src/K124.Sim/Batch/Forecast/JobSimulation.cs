using K124.Sim.Batch.Forecast.World;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;

namespace K124.Sim.Batch.Forecast;

/// <summary>What a simulation of a Job keeps of what happened.</summary>
public enum JobRecording
{
    /// <summary>Everything, as a timeline.</summary>
    Timeline,

    /// <summary>Counters alone.</summary>
    Counters,
}

/// <summary>Drives a Job and its controller through a scenario on virtual time, step by step or at once.</summary>
/// <remarks>The controller decides as <see cref="JobController"/> does, at a cost that follows what changed. Deterministic: the same
/// scenario gives the same timeline. Not thread-safe.</remarks>
public sealed class JobSimulation
{
    private readonly JobWorld _world;
    private readonly JobTimelineLog? _log;
    private readonly long _endTicks;
    private DateTimeOffset _advancedTo;

    /// <summary>Creates the Job of a scenario at its start.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="recording">What is recorded; without a timeline a Job of a million pods fits in little memory.</param>
    /// <exception cref="ArgumentException">The scenario holds what cannot be; the message names the member.</exception>
    public JobSimulation(JobScenario scenario, JobRecording recording = JobRecording.Timeline)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (JobScenarioRules.FindProblem(scenario) is var (path, message))
        {
            throw new ArgumentException($"{path}: {message}", nameof(scenario));
        }

        var start = scenario.Start.UtcTicks;
        _log = recording == JobRecording.Timeline ? new() { Elapsed = () => TimeSpan.Zero } : null;
        _world = new(
            scenario.Job, scenario.Start, scenario.Profile, new PlannedSteps(scenario.PodPlans, scenario.DefaultPodPlan),
            scenario.World, scenario.GarbageCollectionDelay, scenario.Actions, _log);
        if (_log is not null)
        {
            _log.Elapsed = () => new(_world.Clock.UtcTicks - start);
        }

        _advancedTo = scenario.Start;
        _endTicks = start + scenario.Duration.Ticks;
    }

    /// <summary>The present.</summary>
    public DateTimeOffset Now => _world.Clock.GetUtcNow();

    /// <summary>When something happens next; null if nothing will.</summary>
    public DateTimeOffset? NextEventAt => _world.NextTicks is { } ticks ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>The stored Job; null once it is gone.</summary>
    public Job? Job => _world.Exists ? _world.Job with { Status = _world.StoredStatus() } : null;

    /// <summary>Whether the Job is Complete or Failed.</summary>
    public bool IsFinished => _world.Status.IsFinished;

    /// <summary>Pods that are neither finished nor being deleted, as the controller sees them.</summary>
    public int ActivePodCount => _world.Cached.Pods.Active.Count;

    /// <summary>Pods ever created.</summary>
    public int CreatedPodCount => _world.PodCount;

    /// <summary>Syncs of the controller so far.</summary>
    public long SyncCount => _world.SyncCount;

    /// <summary>Runs a whole scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="progress">Told now and then how far virtual time has come; may be null.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="ArgumentException">The scenario holds what cannot be; the message names the member.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    /// <exception cref="InvalidOperationException">Virtual time stands still, or the Job has more pods than a run can hold; the message says which.</exception>
    public static JobTimeline Run(
        JobScenario scenario, IProgress<DateTimeOffset>? progress = null, CancellationToken cancellationToken = default)
    {
        const int StepsBetweenLooks = 1 << 14;
        var simulation = new JobSimulation(scenario);
        var world = simulation._world;
        world.Guard.CancellationToken = cancellationToken;
        for (var step = 1L; world.Step(simulation._endTicks); step++)
        {
            if (step % StepsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(simulation.Now);
            }
        }

        world.RunUntil(simulation._endTicks);
        simulation._log!.Checkpoint(world);
        return simulation.Timeline();
    }

    /// <summary>Applies everything that is due up to a time.</summary>
    /// <param name="time">The new present; with API latency the present may lie later, since a sync that has begun is finished.</param>
    /// <param name="cancellationToken">Ends the run; the simulation is then of no further use.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies before the one of an earlier call.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    /// <exception cref="InvalidOperationException">Virtual time stands still, or the Job has more pods than a run can hold; the message says which.</exception>
    public void AdvanceTo(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, _advancedTo);
        _advancedTo = time;
        _world.Guard.CancellationToken = cancellationToken;
        _world.RunUntil(time.UtcTicks);
    }

    /// <summary>Does something to the Job or its pods now; the controller answers when time is advanced, if only to the present.</summary>
    /// <param name="action">What is done; its time is not looked at.</param>
    /// <exception cref="ArgumentException">The action cannot be; the message names the member.</exception>
    public void Perform(JobAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (JobScenarioRules.FindProblem(action) is var (path, message))
        {
            throw new ArgumentException($"{path}: {message}", nameof(action));
        }

        _world.Perform(action);
        _log?.Flush();
    }

    /// <summary>What has happened so far.</summary>
    /// <returns>The timeline; without entries if none are recorded.</returns>
    public JobTimeline Timeline()
    {
        var metrics = _world.Cached.Metrics;
        return (_log?.ToTimeline() ?? new()) with { Metrics = metrics.ToMap(), Histograms = metrics.ToHistograms() };
    }
}
