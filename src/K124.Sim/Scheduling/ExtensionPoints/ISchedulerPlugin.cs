namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>A user's own part of the scheduler. It takes part at the extension points whose interfaces it implements and where a profile names it.</summary>
/// <remarks>Handed in with <see cref="SchedulerOptions.Plugins"/>. A plugin may keep nothing that changes between calls other than what
/// <see cref="IReservePlugin"/> tells it, else decisions no longer depend on inputs alone. Kubernetes 1.24 pkg/scheduler/framework; KEP-624.</remarks>
public interface ISchedulerPlugin
{
    /// <summary>Name, by which profiles enable it; not that of a plugin of Kubernetes.</summary>
    string Name { get; }

    /// <summary>What verdicts and scores of a node depend on, beside the pod's specification, labels and namespace: a plugin that says so is shown
    /// these alone of the pod.</summary>
    /// <value><see cref="PluginDependence.Anything"/> unless the plugin says otherwise. Whoever says less than is true gets stale answers.</value>
    PluginDependence Dependence => PluginDependence.Anything;
}
