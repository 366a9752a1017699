using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Planning.Room;

/// <summary>How many further replicas of a pod fit.</summary>
/// <remarks>A pod whose replicas do not look at one another fits on each node as often as its room allows, whatever the order: that is worked out, and is what placing them one by
/// one would come to. Others are placed.</remarks>
internal sealed class RoomCount
{
    /// <summary>Replicas beyond which placing them one by one ends.</summary>
    private const int MostPlaced = 200_000;

    private readonly SchedulerOptions _options;
    private IReadOnlyList<(string Resource, long Amount)>? _requests;

    /// <summary>Prepares the count.</summary>
    /// <param name="pod">The pod, as it was admitted.</param>
    /// <param name="options">How the scheduler decides.</param>
    public RoomCount(Pod pod, SchedulerOptions options)
    {
        Pod = pod with { Metadata = pod.Metadata with { Uid = "" }, Spec = pod.Spec.NodeName.Length == 0 ? pod.Spec : pod.Spec with { NodeName = "" }, Status = new() };
        _options = options;
        IsIndependent = LooksAtNoOther();
    }

    public Pod Pod { get; }

    /// <summary>Whether replicas do not look at one another.</summary>
    public bool IsIndependent { get; }

    /// <summary>What one asks for.</summary>
    public IReadOnlyList<(string Resource, long Amount)> Requests(Scheduler scheduler) => _requests ??= scheduler.RequestsOf(Pod);

    /// <summary>How many fit. Nothing changes.</summary>
    public long Units(Scheduler scheduler, CancellationToken cancellationToken)
    {
        if (!IsIndependent)
        {
            return UnitsByNode(scheduler, cancellationToken).Values.Sum();
        }

        long units = 0;
        foreach (var row in scheduler.FeasibleRows(Pod))
        {
            units += UnitsOn(scheduler, row);
        }

        return units;
    }

    /// <summary>How many fit on each node, by its row; nodes without any are left out.</summary>
    public Dictionary<int, long> UnitsByNode(Scheduler scheduler, CancellationToken cancellationToken)
    {
        if (IsIndependent)
        {
            return scheduler.FeasibleRows(Pod).ToDictionary(static row => row, row => UnitsOn(scheduler, row));
        }

        using var checkpoint = scheduler.Checkpoint();
        var units = new Dictionary<int, long>();
        for (var number = 1; number <= MostPlaced; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var decision = scheduler.Place(Pod with { Metadata = Pod.Metadata with { Name = $"{Pod.Metadata.Name}-further-{number}" } });
            if (decision.NodeName is not { } node)
            {
                break;
            }

            var row = scheduler.RowOfNode(node);
            units[row] = units.GetValueOrDefault(row) + 1;
        }

        scheduler.Rollback(checkpoint);
        return units;
    }

    /// <summary>How many fit into the room of a node that takes one.</summary>
    private long UnitsOn(Scheduler scheduler, int row)
    {
        var units = long.MaxValue;
        foreach (var (resource, amount) in Requests(scheduler))
        {
            units = Math.Min(units, scheduler.FreeOf(resource, row) / amount);
        }

        return units;
    }

    private bool LooksAtNoOther()
    {
        var spec = Pod.Spec;
        var profile = _options.Configuration.Profiles.FirstOrDefault(profile => profile.SchedulerName == (spec.SchedulerName.Length == 0 ? SchedulerProfile.DefaultSchedulerName : spec.SchedulerName));
        return profile is not null
            && profile.Plugins.Filter.Contains("NodeResourcesFit")
            && profile.NodeResourcesFitArgs.IgnoredResources.IsEmpty && profile.NodeResourcesFitArgs.IgnoredResourceGroups.IsEmpty
            && _options.Plugins.IsEmpty && _options.Configuration.Extenders.IsEmpty
            && spec.Volumes.All(static volume => volume.EmptyDir is not null || volume.ConfigMap is not null || volume.DownwardAPI is not null || volume.HostPath is not null || IsNamedOnly(volume))
            && (spec.TopologySpreadConstraints.IsEmpty ? profile.PodTopologySpreadArgs.DefaultConstraints : spec.TopologySpreadConstraints).All(static constraint => constraint.WhenUnsatisfiable != "DoNotSchedule")
            && spec.Affinity is not { PodAffinity.RequiredDuringSchedulingIgnoredDuringExecution: { IsEmpty: false } }
            && spec.Affinity is not { PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution: { IsEmpty: false } }
            && spec.Containers.All(static container => container.Ports.All(static port => port.HostPort == 0))
            && !spec.HostNetwork;
    }

    /// <summary>Volumes of kinds that no plugin reads have a name alone.</summary>
    private static bool IsNamedOnly(Volume volume) => volume.Equals(new Volume { Name = volume.Name });
}
