using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Pods.Probes;

/// <summary>A pod whose probes are run: its containers start, are asked, are killed and come back.</summary>
internal sealed class ProbedPod
{
    private const int Killed = 137;
    private const int Terminated = 143;

    private readonly Pod _pod;
    private readonly ProbePlan _plan;
    private readonly TimeSpan _terminateAfter;
    private readonly ImmutableArray<ProbedContainer> _containers;
    private readonly PodProbes _probes;
    private readonly ContainerLife[] _lives;
    private ImmutableArray<(ProbeKind Probe, bool IsFine)> _forced = [];
    private bool _isTerminating;
    private string _reported = "";

    /// <summary>Begins to look after a pod that is bound to a node.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="plan">What its probes are answered.</param>
    /// <param name="terminateAfter">How long a container takes to end; negative for all the time it is given.</param>
    /// <param name="now">Time in ticks.</param>
    public ProbedPod(Pod pod, ProbePlan plan, TimeSpan terminateAfter, long now)
    {
        (_pod, _plan, _terminateAfter) = (pod, plan, terminateAfter);
        _containers = [.. pod.Spec.Containers.Select(ProbedContainer.Of)];
        _lives = [.. _containers.Select(static _ => new ContainerLife())];
        _probes = new(_containers, pod.Spec.RestartPolicy != PodEnding.Never, pod.Metadata.DeletionTimestamp is not null, now);
    }

    private ProbedPod(ProbedPod other)
    {
        (_pod, _plan, _terminateAfter, _containers) = (other._pod, other._plan, other._terminateAfter, other._containers);
        _probes = other._probes.Fork();
        _lives = [.. other._lives];
        (_forced, _isTerminating, _reported, ScheduledFor) = (other._forced, other._isTerminating, other._reported, other.ScheduledFor);
    }

    /// <summary>The pod as it was bound.</summary>
    public Pod Pod => _pod;

    /// <summary>When it is looked at next, as far as that was arranged.</summary>
    public long ScheduledFor { get; set; } = long.MaxValue;

    /// <summary>The containers, in the order of the pod.</summary>
    public IReadOnlyList<ContainerLife> Lives => _lives;

    /// <summary>Phase in which the pod has ended; empty if it goes on.</summary>
    public string Outcome => Array.Exists(_lives, static life => life.Phase != ContainerPhase.Ended) ? ""
        : Array.TrueForAll(_lives, static life => life.ExitCode == 0) ? "Succeeded" : "Failed";

    /// <summary>What a kubelet reports of the containers, and whether that is news since the last time.</summary>
    public bool HasNews()
    {
        var now = string.Join(';', _lives.Select((life, i) => $"{life.Phase} {life.Instance} {_probes.IsStarted(i)} {_probes.IsReady(i)}"));
        var isNews = now != _reported;
        _reported = now;
        return isNews;
    }

    /// <summary>Whether a pod has a probe at all.</summary>
    public static bool HasProbes(Pod pod) => pod.Spec.Containers.Any(static container =>
        container.StartupProbe is not null || container.ReadinessProbe is not null || container.LivenessProbe is not null);

    public ProbedPod Fork() => new(this);

    public bool IsStarted(int container) => _probes.IsStarted(container);

    public bool IsReady(int container) => _probes.IsReady(container);

    /// <summary>All containers start.</summary>
    public void Start(long now)
    {
        for (var i = 0; i < _lives.Length; i++)
        {
            Run(i, new() { Phase = ContainerPhase.Running, StartedAt = now });
        }
    }

    /// <summary>The pod runs already: what its status says is taken for what its probes have published.</summary>
    public void Adopt(PodStatus status, long now)
    {
        for (var i = 0; i < _lives.Length; i++)
        {
            var seen = status.ContainerStatuses.FirstOrDefault(entry => entry.Name == _containers[i].Name);
            var startedAt = seen?.State?.Running?.StartedAt?.UtcTicks ?? now;
            Run(i, new() { Phase = ContainerPhase.Running, StartedAt = Math.Min(startedAt, now), Instance = seen?.RestartCount ?? 0 });
            _probes.Assume(i, ProbeKind.Startup, seen?.Started ?? true ? ProbeResult.Success : ProbeResult.Unknown);
            _probes.Assume(i, ProbeKind.Liveness, ProbeResult.Success);
            _probes.Assume(i, ProbeKind.Readiness, seen?.Ready ?? false ? ProbeResult.Success : ProbeResult.Failure);
        }

        _probes.Sync();
    }

    /// <summary>A container ends by itself and comes back at once or after a while.</summary>
    public void Crash(int container, long now)
    {
        if (_lives[container].Phase == ContainerPhase.Running)
        {
            End(container, exitCode: 1, now);
        }
    }

    /// <summary>The pod begins to end.</summary>
    public void Terminate()
    {
        _isTerminating = true;
        _probes.Terminate();
    }

    /// <summary>From now on a probe is answered so, whatever the plan says.</summary>
    public void Force(ProbeKind probe, bool isFine, long now)
    {
        _forced = [.. _forced.Where(entry => entry.Probe != probe), (probe, isFine)];
        _probes.SkipTo(now);
    }

    /// <summary>Does everything that is due: ends, starts, attempts, kills.</summary>
    /// <param name="now">Time in ticks.</param>
    /// <param name="tell">Is told the type, reason and message of events.</param>
    public void Work(long now, Action<string, string, string> tell)
    {
        _probes.SkipTo(now);
        do
        {
            for (var i = 0; i < _lives.Length; i++)
            {
                Pass(i, now, tell);
            }

            while (_probes.Step(now, (name, kind) => Answer(name, kind, now)) is { } step)
            {
                if (step.Event?.Split(' ', 3) is [var type, var reason, var message])
                {
                    tell(type, reason, message);
                }
            }

            Kill(now, tell);
        }
        while (Array.Exists(_lives, life => life.Due <= now));
    }

    /// <summary>When something is due next, in ticks; never once all answers stay as they are and have been heard.</summary>
    public long NextTicks()
    {
        var next = _lives.Min(static life => life.Due);
        return IsSettled() ? next : Math.Min(next, _probes.NextTick);
    }

    private void Run(int container, ContainerLife life)
    {
        _lives[container] = life;
        _probes.Start(container, IdOf(container), life.StartedAt);
    }

    private string IdOf(int container) => string.Create(CultureInfo.InvariantCulture, $"sim://{_pod.Metadata.Uid}/{_containers[container].Name}/{_lives[container].Instance}");

    private void Pass(int container, long now, Action<string, string, string> tell)
    {
        var life = _lives[container];
        if (life.Due > now)
        {
            return;
        }

        if (life.Phase == ContainerPhase.Stopping)
        {
            End(container, life.ExitCode, life.Due);
        }
        else if (_isTerminating)
        {
            _lives[container] = life with { Phase = ContainerPhase.Ended, Due = long.MaxValue };
        }
        else
        {
            Run(container, life with { Phase = ContainerPhase.Running, Instance = life.Instance + 1, StartedAt = life.Due, Due = long.MaxValue, Backoff = life.Backoff.Next(life.EndedAt, life.Due) });
            tell("Normal", "Started", $"Started container {_containers[container].Name}");
        }
    }

    private void End(int container, int exitCode, long now)
    {
        var life = _lives[container] with { Phase = ContainerPhase.Ended, EndedAt = now, ExitCode = exitCode, Due = long.MaxValue };
        _lives[container] = life;
        _probes.Exit(container);
        if (PodSyncDecision.Of(Ending(), [.. Sightings()]).Start.Contains(_containers[container].Name))
        {
            _lives[container] = life with { Phase = ContainerPhase.Waiting, Due = now + life.Backoff.After(now) };
        }
    }

    private void Kill(long now, Action<string, string, string> tell)
    {
        var decision = PodSyncDecision.Of(Ending(), [.. Sightings()]);
        foreach (var stop in decision.Stops)
        {
            var container = IndexOf(stop.Container);
            if (_lives[container].Phase != ContainerPhase.Running)
            {
                continue;
            }

            var grace = stop.GracePeriodSeconds * TimeSpan.TicksPerSecond;
            var takes = _terminateAfter < TimeSpan.Zero || _terminateAfter.Ticks > grace ? grace : _terminateAfter.Ticks;
            tell("Normal", "Killing", stop.Message);
            _lives[container] = _lives[container] with { Phase = ContainerPhase.Stopping, Due = now + takes, ExitCode = takes == grace ? Killed : Terminated };
        }
    }

    private PodEnding Ending() => new()
    {
        RestartPolicy = _pod.Spec.RestartPolicy.Length > 0 ? _pod.Spec.RestartPolicy : "Always",
        IsDeleted = _isTerminating,
        TerminationGracePeriodSeconds = _pod.Spec.TerminationGracePeriodSeconds,
    };

    private IEnumerable<ContainerSighting> Sightings() => _containers.Select((container, i) => new ContainerSighting(container, _lives[i].Phase switch
    {
        ContainerPhase.New => ContainerRuntimeState.Created,
        ContainerPhase.Running or ContainerPhase.Stopping => ContainerRuntimeState.Running,
        _ => ContainerRuntimeState.Exited,
    })
    {
        ExitCode = _lives[i].ExitCode,
        Liveness = _isTerminating ? null : _probes.Published(i, ProbeKind.Liveness),
        Startup = _isTerminating ? null : _probes.Published(i, ProbeKind.Startup),
    });

    private ProbeAnswer Answer(string name, ProbeKind kind, long now)
    {
        var container = IndexOf(name);
        var isFine = IsFine(container, kind, now);
        var spec = _pod.Spec.Containers[container];
        return PlannedAnswer.Of(kind switch { ProbeKind.Startup => spec.StartupProbe, ProbeKind.Readiness => spec.ReadinessProbe, _ => spec.LivenessProbe }, isFine);
    }

    private bool IsFine(int container, ProbeKind kind, long now)
    {
        foreach (var (probe, isFine) in _forced)
        {
            if (probe == kind)
            {
                return isFine;
            }
        }

        return _plan.IsFine(_containers[container].Name, kind, _lives[container].Instance, new(now - _lives[container].StartedAt));
    }

    private bool IsSettled()
    {
        foreach (var worker in _probes.Workers)
        {
            var life = _lives[worker.ContainerIndex];
            if (worker.HasEnded || !life.Runs)
            {
                continue;
            }

            var lastChange = _forced.Any(entry => entry.Probe == worker.Kind)
                ? TimeSpan.Zero
                : _plan.LastChange(_containers[worker.ContainerIndex].Name, worker.Kind, life.Instance);
            var isFine = IsFine(worker.ContainerIndex, worker.Kind, life.StartedAt + lastChange.Ticks);
            var wanted = isFine ? ProbeResult.Success : ProbeResult.Failure;
            if (worker.NextTick - worker.PeriodTicks < life.StartedAt + lastChange.Ticks || worker.ResultOf(IdOf(worker.ContainerIndex)) != wanted)
            {
                return false;
            }
        }

        return true;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _containers.Length; i++)
        {
            if (_containers[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"The pod has no container {name}.", nameof(name));
    }
}
