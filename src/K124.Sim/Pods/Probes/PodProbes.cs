using System.Collections.Immutable;

namespace K124.Sim.Pods.Probes;

/// <summary>The workers of a pod's probes over virtual time, and what the kubelet makes of what they publish.</summary>
/// <remarks>A user feeds what happens to the pod, then takes steps one by one until none is due. Kubernetes 1.24 pkg/kubelet/prober.</remarks>
internal sealed class PodProbes
{
    private readonly ImmutableArray<ProbedContainer> _containers;
    private readonly ContainerRun[] _runs;
    private readonly bool[] _started;
    private readonly bool[] _ready;
    private readonly ImmutableArray<ProbeWorker> _workers;
    private readonly List<ProbeWorker> _triggered = [];
    private bool _podIsFinished;

    /// <summary>Starts the workers of a pod; each tries at once, then once a period.</summary>
    /// <param name="containers">The containers with their probes.</param>
    /// <param name="restartsContainers">Whether an ended container may come back: the restart policy is not Never.</param>
    /// <param name="podIsDeleted">Whether the pod is already being deleted.</param>
    /// <param name="now">Time in ticks.</param>
    public PodProbes(ImmutableArray<ProbedContainer> containers, bool restartsContainers, bool podIsDeleted, long now)
    {
        _containers = containers;
        (_runs, _started, _ready) = (new ContainerRun[containers.Length], new bool[containers.Length], new bool[containers.Length]);
        _workers =
        [
            .. from index in Enumerable.Range(0, containers.Length)
               from kind in Enum.GetValues<ProbeKind>()
               let settings = containers[index][kind]
               where settings is not null
               select new ProbeWorker(index, kind, settings, podIsDeleted, restartsContainers) { NextTick = now },
        ];
    }

    private PodProbes(PodProbes other)
    {
        _containers = other._containers;
        (_runs, _started, _ready) = ([.. other._runs], [.. other._started], [.. other._ready]);
        _workers = [.. other._workers.Select(worker => worker.Fork())];
        _triggered.AddRange(other._triggered.Select(worker => _workers[other._workers.IndexOf(worker)]));
        (_podIsFinished, IsStatusKnown) = (other._podIsFinished, other.IsStatusKnown);
    }

    /// <summary>Whether the kubelet asked for an attempt that was not made yet.</summary>
    public bool HasTriggered => _triggered.Any(worker => !worker.HasEnded);

    /// <summary>Whether the kubelet has a status of the pod: it made one at least once.</summary>
    public bool IsStatusKnown { get; private set; }

    /// <summary>The workers, those that have ended too.</summary>
    public ImmutableArray<ProbeWorker> Workers => _workers;

    /// <summary>When the next worker tries by itself, in ticks; <see cref="long.MaxValue"/> if none will.</summary>
    public long NextTick => _workers.Where(worker => !worker.HasEnded).Select(worker => worker.NextTick).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>A pod's probes in the same state.</summary>
    public PodProbes Fork() => new(this);

    /// <summary>Takes a result as published of the present instance of a container, without having asked.</summary>
    public void Assume(int containerIndex, ProbeKind kind, ProbeResult result) => Worker(containerIndex, kind)?.Assume(_runs[containerIndex].Id!, result);

    /// <summary>Leaves out the attempts of the past: each worker goes on in its own rhythm.</summary>
    public void SkipTo(long now)
    {
        foreach (var worker in _workers)
        {
            if (worker.NextTick < now)
            {
                worker.NextTick += (now - worker.NextTick + worker.PeriodTicks - 1) / worker.PeriodTicks * worker.PeriodTicks;
            }
        }
    }

    /// <summary>Whether a container counts as started, as of the kubelet's last look.</summary>
    public bool IsStarted(int containerIndex) => _started[containerIndex];

    /// <summary>Whether a container counts as ready, as of the kubelet's last look.</summary>
    public bool IsReady(int containerIndex) => _ready[containerIndex];

    /// <summary>The published result of a container's present instance; null if there is none.</summary>
    public ProbeResult? Published(int containerIndex, ProbeKind kind) => Worker(containerIndex, kind)?.ResultOf(_runs[containerIndex].Id);

    /// <summary>A new instance of a container runs.</summary>
    public void Start(int containerIndex, string containerId, long now)
    {
        _runs[containerIndex] = new(containerId, now, IsRunning: true);
        Sync();
    }

    /// <summary>A container has ended.</summary>
    public void Exit(int containerIndex)
    {
        _runs[containerIndex] = _runs[containerIndex] with { IsRunning = false, IsTerminated = true };
        Sync();
    }

    /// <summary>The pod's phase changed.</summary>
    public void SetPhase(string phase)
    {
        _podIsFinished = phase is "Succeeded" or "Failed";
        Sync();
    }

    /// <summary>The running pod begins to end: what would kill or open containers is no longer asked.</summary>
    public void Terminate()
    {
        End(worker => worker.Kind != ProbeKind.Readiness);
        Resync();
    }

    /// <summary>The pod is gone.</summary>
    public void Remove()
    {
        End(static _ => true);
        Resync();
    }

    /// <summary>The kubelet looks at the pod again, unless it never has.</summary>
    public void Resync()
    {
        if (IsStatusKnown)
        {
            Sync();
        }
    }

    /// <summary>The kubelet looks at the pod: what is started and ready is worked out anew, and a container that is started but not ready is
    /// asked once more, at once.</summary>
    public void Sync()
    {
        IsStatusKnown = true;
        for (var i = 0; i < _containers.Length; i++)
        {
            var run = _runs[i];
            var startup = Worker(i, ProbeKind.Startup);
            _started[i] = run.IsRunning && (startup is null || startup.ResultOf(run.Id) == ProbeResult.Success);
            var readiness = Worker(i, ProbeKind.Readiness);
            _ready[i] = _started[i] && (readiness is null || readiness.ResultOf(run.Id) == ProbeResult.Success);
            if (_started[i] && !_ready[i] && !_triggered.Contains(readiness!))
            {
                _triggered.Add(readiness!);
            }
        }
    }

    /// <summary>Makes the next attempt that is due: those that the kubelet asked for first, then by time; at one time in
    /// the order of the workers.</summary>
    /// <param name="now">Time in ticks.</param>
    /// <param name="handler">Answers for a container and a kind of probe.</param>
    /// <returns>What the attempt did; null if none is due.</returns>
    public ProbeStep? Step(long now, Func<string, ProbeKind, ProbeAnswer> handler)
    {
        _triggered.RemoveAll(static worker => worker.HasEnded);
        if (_triggered.MinBy(static worker => worker.ContainerIndex) is { } triggered)
        {
            _triggered.Remove(triggered);
            return Try(triggered, now, handler) with { IsManual = true };
        }

        if (_workers.Where(worker => !worker.HasEnded).MinBy(worker => worker.NextTick) is not { } next || next.NextTick > now)
        {
            return null;
        }

        next.NextTick += next.PeriodTicks;
        return Try(next, now, handler);
    }

    private ProbeStep Try(ProbeWorker worker, long now, Func<string, ProbeKind, ProbeAnswer> handler)
    {
        var index = worker.ContainerIndex;
        var step = worker.Try(
            IsStatusKnown ? _runs[index] : null,
            _podIsFinished,
            _started[index],
            now,
            () => handler(_containers[index].Name, worker.Kind));
        if (step.NeedsSync)
        {
            Sync();
        }

        return step;
    }

    private ProbeWorker? Worker(int containerIndex, ProbeKind kind)
    {
        foreach (var worker in _workers)
        {
            if (worker.ContainerIndex == containerIndex && worker.Kind == kind && !worker.HasEnded)
            {
                return worker;
            }
        }

        return null;
    }

    private void End(Func<ProbeWorker, bool> which)
    {
        foreach (var worker in _workers.Where(which))
        {
            worker.End();
        }
    }
}
