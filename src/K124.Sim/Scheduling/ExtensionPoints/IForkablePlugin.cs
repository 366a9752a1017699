namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>A plugin that keeps something of its own, as those at Reserve do, and can be had twice.</summary>
public interface IForkablePlugin : ISchedulerPlugin
{
    /// <summary>Makes the plugin of a fork of the scheduler: it has kept the same so far, and goes on on its own.</summary>
    /// <returns>A plugin of the same name that extends the scheduler at the same points.</returns>
    ISchedulerPlugin Fork();
}
