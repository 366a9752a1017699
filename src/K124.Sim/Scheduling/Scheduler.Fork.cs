using K124.Sim.Scheduling.ExtensionPoints;

namespace K124.Sim.Scheduling;

public sealed partial class Scheduler
{
    private Scheduler(Scheduler other, SchedulerOptions options)
        : this(options, other._state.Fork(), other._random.Copy())
    {
        _start = other._start;
        (_layout, _layoutOrder, _ranks) = (other._layout, other._layoutOrder, other._ranks);
        IndexUse = other.IndexUse;
    }

    /// <summary>Makes an independent scheduler that is as this one is now. Both go on on their own, if need be on two threads.</summary>
    /// <returns>The other scheduler. It has none of this one's checkpoints.</returns>
    /// <remarks>
    /// Costs next to nothing, since both share what neither changes afterwards; the first changes of a part of the state after that copy it.
    /// While the fork is made this scheduler must not be used. What was worked out for kinds of pods is taken over, apart from kinds that are spread or placed
    /// by the pods around them: for questions of one thread about one pod after the other, <see cref="Checkpoint"/> and <see cref="Rollback"/> are faster still.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A plugin of the user's keeps what it reserves, and is no <see cref="IForkablePlugin"/>.</exception>
    public Scheduler Fork() => new(this, OptionsOfFork());

    private SchedulerOptions OptionsOfFork()
    {
        if (_options.Plugins.IsEmpty)
        {
            return _options;
        }

        foreach (var plugin in _options.Plugins)
        {
            if (plugin is IReservePlugin and not IForkablePlugin)
            {
                throw new InvalidOperationException($"The plugin '{plugin.Name}' keeps what it reserves, and does not say how to fork that ({nameof(IForkablePlugin)}).");
            }
        }

        return _options with { Plugins = [.. _options.Plugins.Select(static plugin => plugin is IForkablePlugin forkable ? forkable.Fork() : plugin)] };
    }
}
