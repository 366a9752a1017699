using System.Collections.Immutable;
using K124.Sim.Conformance.ApiServer;
using K124.Sim.Conformance.ClusterIP;
using K124.Sim.Conformance.Controllers;
using K124.Sim.Conformance.Jobs;
using K124.Sim.Conformance.Kinds;
using K124.Sim.Conformance.Platform;
using K124.Sim.Conformance.Scheduler;
using K124.Sim.Conformance.Storage;

namespace K124.Sim.Conformance;

/// <summary>The areas that have recordings.</summary>
public static class Areas
{
    private static readonly ImmutableArray<Area> All =
    [
        SchedulerArea.Area,
        StorageArea.Area,
        ClusterIPArea.Area,
        JobsArea.Area,
        ApiServerArea.Area,
        KindsArea.Area,
        ControllersArea.Area,
        PlatformArea.Area,
    ];

    /// <summary>Names of the folders that hold their recordings.</summary>
    public static IEnumerable<string> Names => All.Select(static area => area.Name);

    /// <summary>The area that a file belongs to: the first known name among the folders of its path, from the last on.</summary>
    /// <returns>The area; null if no name is known.</returns>
    internal static Area? Of(string path) =>
        path.Split(Path.DirectorySeparatorChar)[..^1].Reverse().Select(Find).FirstOrDefault(static area => area is not null);

    internal static Area? Find(string name) => All.FirstOrDefault(area => area.Name == name);
}
