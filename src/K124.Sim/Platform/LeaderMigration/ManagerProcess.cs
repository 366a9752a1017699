using System.Collections.Immutable;

namespace K124.Sim.Platform.LeaderMigration;

/// <summary>A process of a controller manager.</summary>
/// <param name="Name">What steps call it.</param>
/// <param name="Component">For example <c>kube-controller-manager</c>: processes of one component share its main lock.</param>
/// <param name="Controllers">The controllers that it has.</param>
/// <param name="Migration">Its configuration of leader migration; null if that is off.</param>
internal sealed record ManagerProcess(string Name, string Component, ImmutableArray<string> Controllers, LeaderMigrationConfig? Migration = null)
{
    /// <summary>Whether it runs a controller with the locks that it holds.</summary>
    public bool Runs(string controller, bool hasMain, bool hasMigration) => Controllers.Contains(controller)
        && (Migration?.Assign(Component, controller) ?? ControllerLock.NonMigrated) switch
        {
            ControllerLock.NonMigrated => hasMain,
            ControllerLock.Migrated => hasMigration,
            _ => false,
        };
}
