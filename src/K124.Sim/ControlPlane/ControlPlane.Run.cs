using K124.Sim.Api;
using K124.Sim.ControlPlane.Run;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

public sealed partial class ControlPlane
{
    /// <summary>When something is to be done next; null if nothing is until somebody writes.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            Deliver();
            var next = NextTurn().Ticks;
            return next == long.MaxValue ? null : new(next, TimeSpan.Zero);
        }
    }

    /// <summary>Lets one component do one unit of work, or one planned write be sent; moves time there if nothing is due now.</summary>
    /// <returns>False if there is nothing to do until somebody writes.</returns>
    public bool Step()
    {
        Deliver();
        var turn = NextTurn();
        if (turn.Ticks == long.MaxValue)
        {
            return false;
        }

        Take(turn);
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
        Deliver();
        for (var turn = NextTurn(); turn.Ticks <= time.UtcTicks; turn = NextTurn())
        {
            cancellationToken.ThrowIfCancellationRequested();
            bound.Count(turn.Ticks);
            Take(turn);
            Deliver();
        }

        MoveTo(time.UtcTicks);
    }

    /// <summary>Lets everything happen that is due within a time.</summary>
    /// <param name="duration">The time.</param>
    /// <param name="cancellationToken">Stops between two units of work; the control plane can go on later.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Advance(TimeSpan duration, CancellationToken cancellationToken = default) => AdvanceTo(Now + duration, cancellationToken);

    /// <summary>Lets everything happen until nothing is left to do, or the limit is reached. Trying again for ever what nothing has helped counts as
    /// nothing: pods that the scheduler takes up every five minutes, keys that a controller has failed on so often that it waits as long as it ever does.</summary>
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
        Deliver();
        var turn = NextTurn();
        for (var steps = 1L; turn.HasWork; steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (turn.Ticks > end.UtcTicks)
            {
                MoveTo(end.UtcTicks);
                return false;
            }

            bound.Count(turn.Ticks);
            Take(turn);
            progress?.Report(steps);
            Deliver();
            turn = NextTurn();
        }

        return true;
    }

    /// <summary>What comes next: the earliest, and of what is due at one instant the first in order. Everybody must have been told of all changes.</summary>
    private Turn NextTurn()
    {
        var ticks = _planned.TryPeek(out _, out var due) ? Math.Max(due.Ticks, _ticks) : long.MaxValue;
        var hasWork = ticks != long.MaxValue;
        ComponentSlot? first = null;
        foreach (var slot in _slots)
        {
            var next = slot.Component.NextTicks;
            if (next == long.MaxValue)
            {
                continue;
            }

            hasWork = hasWork || !slot.IsWaitingToRetry;
            next = Math.Max(next, _ticks);
            if (next < ticks)
            {
                (ticks, first) = (next, slot);
            }
        }

        return new(ticks, first, hasWork);
    }

    private void Take(Turn turn)
    {
        MoveTo(turn.Ticks);
        if (turn.Slot is not { } slot)
        {
            Do(_planned.Dequeue());
            return;
        }

        slot = _options.Order == WorkOrder.Seeded ? Drawn() : slot;
        slot.Component.Work(View, slot.Connection);
    }

    /// <summary>One of those that are due.</summary>
    private ComponentSlot Drawn()
    {
        var due = _slots.Where(slot => slot.Component.NextTicks <= _ticks).ToArray();
        return due[(int)_draws.Next(due.Length)];
    }

    private void MoveTo(long ticks)
    {
        if (ticks == _ticks)
        {
            return;
        }

        _ticks = ticks;
        _store.UtcNow = Now;
        TellTime();
    }

    private void TellTime()
    {
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
        while (_store.TryReadNext(ref _delivered, out var change))
        {
            if (_tables.KindOf(change.Resource) is not { } kind || _watchers[ApiKind.IndexOf(kind.Type)] is not { Length: > 0 } watchers)
            {
                continue;
            }

            var told = new ObjectChange((ChangeType)change.Kind, kind, change.New.Typed, change.Old?.Typed, change.Revision);
            foreach (var slot in watchers)
            {
                slot.Client.Cause = change.Revision;
                slot.Component.Observe(told, View);
            }
        }
    }

    /// <summary>What comes next.</summary>
    /// <param name="Ticks">When; <see cref="long.MaxValue"/> if never.</param>
    /// <param name="Slot">Who works; null for what was planned.</param>
    /// <param name="HasWork">Whether anything is left to do beside trying again what could not be done.</param>
    private readonly record struct Turn(long Ticks, ComponentSlot? Slot, bool HasWork);
}
