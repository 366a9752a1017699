using K124.Sim.Api;
using K124.Sim.ControlPlane.Run;

namespace K124.Sim.ControlPlane;

public sealed partial class ControlPlane
{
    /// <summary>When something is to be done next; null if nothing is until somebody writes.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            Deliver();
            var next = NextTicks();
            return next == long.MaxValue ? null : new(Math.Max(next, _ticks), TimeSpan.Zero);
        }
    }

    /// <summary>Lets one component do one unit of work, or one planned write be sent; moves time there if nothing is due now.</summary>
    /// <returns>False if there is nothing to do until somebody writes.</returns>
    public bool Step()
    {
        Deliver();
        var next = NextTicks();
        if (next == long.MaxValue)
        {
            return false;
        }

        MoveTo(Math.Max(next, _ticks));
        if (_planned.TryPeek(out var action, out var due) && due.Ticks <= _ticks)
        {
            _planned.Dequeue();
            Do(action);
        }
        else if (NextSlot() is { } slot)
        {
            slot.Component.Work(View, slot.Connection);
        }

        return true;
    }

    /// <summary>Lets everything happen that is due up to a time.</summary>
    /// <param name="time">The new present.</param>
    /// <param name="cancellationToken">Stops between two units of work; the control plane can go on later.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void AdvanceTo(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, Now);
        var bound = new InstantBound(_options.MaxStepsAtOneInstant);
        while (NextAt is { } next && next <= time)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bound.Count(next);
            Step();
        }

        MoveTo(time.UtcTicks);
        Deliver();
    }

    /// <summary>Lets everything happen that is due within a time.</summary>
    /// <param name="duration">The time.</param>
    /// <param name="cancellationToken">Stops between two units of work; the control plane can go on later.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Advance(TimeSpan duration, CancellationToken cancellationToken = default) => AdvanceTo(Now + duration, cancellationToken);

    /// <summary>Lets everything happen until nothing is left to do, or the limit is reached. That the scheduler tries again every five minutes pods
    /// that nothing has helped counts as nothing.</summary>
    /// <param name="limit">The longest time to let pass; null for a day.</param>
    /// <param name="progress">Is told of each unit of work's number; may be null.</param>
    /// <param name="cancellationToken">Stops between two units of work; the control plane can go on later.</param>
    /// <returns>True if nothing is left to do; false if the limit was reached.</returns>
    /// <exception cref="InvalidOperationException">Work at one instant does not end.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool RunUntilQuiet(TimeSpan? limit = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var end = Now + (limit ?? TimeSpan.FromDays(1));
        var bound = new InstantBound(_options.MaxStepsAtOneInstant);
        for (var steps = 1L; HasWork() && NextAt is { } next; steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (next > end)
            {
                MoveTo(end.UtcTicks);
                return false;
            }

            bound.Count(next);
            Step();
            progress?.Report(steps);
        }

        return true;
    }

    /// <summary>Whether anything is left to do beside trying again what could not be done.</summary>
    private bool HasWork()
    {
        Deliver();
        return _planned.Count > 0
            || _slots.Any(static slot => (slot.Component is IRetrying retrying ? retrying.NextTicksBesideRetries : slot.Component.NextTicks) != long.MaxValue);
    }

    private long NextTicks()
    {
        var next = _planned.TryPeek(out _, out var due) ? due.Ticks : long.MaxValue;
        foreach (var slot in _slots)
        {
            next = Math.Min(next, slot.Component.NextTicks);
        }

        return next;
    }

    private ComponentSlot? NextSlot()
    {
        if (_options.Order == WorkOrder.Seeded)
        {
            var due = _slots.Where(slot => slot.Component.NextTicks <= _ticks).ToArray();
            return due.Length == 0 ? null : due[(int)_draws.Next(due.Length)];
        }

        foreach (var slot in _slots)
        {
            if (slot.Component.NextTicks <= _ticks)
            {
                return slot;
            }
        }

        return null;
    }

    private void MoveTo(long ticks)
    {
        _ticks = ticks;
        _store.UtcNow = Now;
        foreach (var slot in _slots)
        {
            if (slot.Component is IClocked clocked)
            {
                clocked.Now = Now;
            }
        }
    }

    /// <summary>Tells every component of the changes that it does not know of yet.</summary>
    private void Deliver()
    {
        FollowIndexes();
        foreach (var slot in _slots)
        {
            var cursor = slot.Cursor;
            while (_store.TryReadNext(ref cursor, out var change))
            {
                if (_tables.KindOf(change.Resource) is { } kind && slot.Watches(kind))
                {
                    slot.Client.Cause = change.Revision;
                    slot.Component.Observe(new((ChangeType)change.Kind, kind, change.New.Typed, change.Old?.Typed, change.Revision), View);
                }
            }

            slot.Cursor = cursor;
        }
    }
}
