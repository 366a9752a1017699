namespace K124.Sim.Pods.Probes;

/// <summary>The worker of one probe of one container: what it has published, and what an attempt changes.</summary>
/// <remarks>Kubernetes 1.24 pkg/kubelet/prober.</remarks>
internal sealed class ProbeWorker
{
    private readonly ProbeSettings _settings;
    private readonly bool _podIsDeleted;
    private readonly bool _restartsContainer;
    private ProbeResult? _lastResult;
    private int _resultRun;
    private bool _isOnHold;

    /// <summary>Makes a worker that has not tried yet.</summary>
    /// <param name="containerIndex">Place of the container in its pod.</param>
    /// <param name="kind">What it asks for.</param>
    /// <param name="settings">Numbers of the probe.</param>
    /// <param name="podIsDeleted">Whether the pod was being deleted when the worker was made; later deletion stops workers instead.</param>
    /// <param name="restartsContainer">Whether an ended container may come back.</param>
    public ProbeWorker(int containerIndex, ProbeKind kind, ProbeSettings settings, bool podIsDeleted, bool restartsContainer)
    {
        (ContainerIndex, Kind, _settings) = (containerIndex, kind, settings);
        (_podIsDeleted, _restartsContainer) = (podIsDeleted, restartsContainer);
    }

    private ProbeWorker(ProbeWorker other)
        : this(other.ContainerIndex, other.Kind, other._settings, other._podIsDeleted, other._restartsContainer)
    {
        (_lastResult, _resultRun, _isOnHold) = (other._lastResult, other._resultRun, other._isOnHold);
        (ContainerId, Published, HasEnded, NextTick) = (other.ContainerId, other.Published, other.HasEnded, other.NextTick);
    }

    /// <summary>Place of the container in its pod.</summary>
    public int ContainerIndex { get; }

    /// <summary>What it asks for.</summary>
    public ProbeKind Kind { get; }

    /// <summary>Instance that <see cref="Published"/> is about; null before the first.</summary>
    public string? ContainerId { get; private set; }

    /// <summary>The published result; null if there is none.</summary>
    public ProbeResult? Published { get; private set; }

    /// <summary>Whether the worker is gone.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>When it next tries by itself, in ticks.</summary>
    public long NextTick { get; set; }

    /// <summary>Ticks between two attempts.</summary>
    public long PeriodTicks => _settings.PeriodSeconds * TimeSpan.TicksPerSecond;

    /// <summary>A worker in the same state.</summary>
    public ProbeWorker Fork() => new(this);

    /// <summary>Ends the worker: what it published goes with it.</summary>
    public void End() => (HasEnded, Published) = (true, null);

    /// <summary>Takes a result as published of an instance.</summary>
    public void Assume(string containerId, ProbeResult result) => (ContainerId, Published) = (containerId, result);

    /// <summary>The published result of an instance.</summary>
    public ProbeResult? ResultOf(string? containerId) => containerId is not null && ContainerId == containerId ? Published : null;

    /// <summary>Tries once.</summary>
    /// <param name="container">The container as last seen; null while the pod's status is not known.</param>
    /// <param name="podIsFinished">Whether the pod has succeeded or failed.</param>
    /// <param name="isStarted">Whether the container counts as started.</param>
    /// <param name="now">Time in ticks.</param>
    /// <param name="handler">Asks the probe's handler.</param>
    public ProbeStep Try(ContainerRun? container, bool podIsFinished, bool isStarted, long now, Func<ProbeAnswer> handler)
    {
        if (container is not { } run)
        {
            return Idle();
        }

        if (podIsFinished)
        {
            return Finish(new ProbeStep(this));
        }

        if (run.Id is null)
        {
            return Idle();
        }

        var needsSync = run.Id != ContainerId && MoveTo(run.Id);
        if (_isOnHold)
        {
            return Idle(needsSync);
        }

        if (!run.IsRunning)
        {
            var step = new ProbeStep(this, NeedsSync: Publish(ProbeResult.Failure) || needsSync);
            return run.IsTerminated && !_restartsContainer ? Finish(step) : step;
        }

        if (_podIsDeleted && Kind != ProbeKind.Readiness)
        {
            return Finish(new ProbeStep(this, NeedsSync: Publish(ProbeResult.Success) || needsSync));
        }

        var isTooEarly = (now - run.StartedAt) / TimeSpan.TicksPerSecond < _settings.InitialDelaySeconds;
        return isTooEarly || isStarted == (Kind == ProbeKind.Startup) ? Idle(needsSync) : Ask(needsSync, handler);
    }

    private ProbeStep Ask(bool needsSync, Func<ProbeAnswer> handler)
    {
        var attempt = ProbeAttempt.Make(Kind, handler);
        return new(this, attempt.Calls, attempt.Event, (attempt.Result is { } result && Count(result)) || needsSync);
    }

    private bool Count(ProbeResult result)
    {
        (_resultRun, _lastResult) = (_lastResult == result ? _resultRun + 1 : 1, result);
        if (_resultRun < (result == ProbeResult.Failure ? _settings.FailureThreshold : _settings.SuccessThreshold))
        {
            return false;
        }

        if (result == ProbeResult.Failure && Kind != ProbeKind.Readiness)
        {
            (_isOnHold, _resultRun) = (true, 0);
        }

        return Publish(result);
    }

    private bool MoveTo(string containerId)
    {
        (ContainerId, Published, _isOnHold) = (containerId, null, false);
        return Publish(Kind switch
        {
            ProbeKind.Startup => ProbeResult.Unknown,
            ProbeKind.Readiness => ProbeResult.Failure,
            _ => ProbeResult.Success,
        });
    }

    /// <summary>Publishes a result, and says whether the kubelet looks at the pod because of it.</summary>
    private bool Publish(ProbeResult result)
    {
        var changed = Published != result;
        Published = result;
        return changed && (Kind != ProbeKind.Liveness || result == ProbeResult.Failure);
    }

    private ProbeStep Idle(bool needsSync = false) => new(this, NeedsSync: needsSync);

    private ProbeStep Finish(ProbeStep step)
    {
        End();
        return step with { HasEnded = true };
    }
}
