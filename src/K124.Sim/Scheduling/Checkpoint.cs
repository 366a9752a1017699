namespace K124.Sim.Scheduling;

/// <summary>A state of a <see cref="Scheduler"/> that it can go back to. While it is kept, the scheduler remembers every change; dispose of it
/// to let that go.</summary>
/// <remarks>Disposing changes nothing else, and is allowed twice.</remarks>
public sealed class Checkpoint : IDisposable
{
    private readonly Scheduler _scheduler;

    internal Checkpoint(Scheduler scheduler, int changes, int start, SeededRandom random)
    {
        _scheduler = scheduler;
        Changes = changes;
        Start = start;
        Random = random;
    }

    /// <summary>How many changes the scheduler remembered.</summary>
    internal int Changes { get; }

    /// <summary>Where the next search was to start.</summary>
    internal int Start { get; }

    /// <summary>The stream of draws.</summary>
    internal SeededRandom Random { get; }

    internal bool IsOf(Scheduler scheduler) => ReferenceEquals(_scheduler, scheduler);

    internal bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            _scheduler.Release(this);
        }
    }
}
