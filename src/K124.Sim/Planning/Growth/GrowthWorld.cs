using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Growth;

/// <summary>A cluster that nodes are added to, and in which a demand is placed again and again.</summary>
internal sealed class GrowthWorld
{
    private readonly PlannedDemand _demand;
    private readonly Scheduler _scheduler;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly NodeDaemons _daemons;

    /// <summary>Makes the world.</summary>
    /// <param name="scheduler">A scheduler of its own, with the cluster of the demand and its DaemonSets' pods.</param>
    /// <param name="demand">What is to be placed.</param>
    /// <param name="daemons">The pods that DaemonSets make on new nodes.</param>
    public GrowthWorld(Scheduler scheduler, PlannedDemand demand, NodeDaemons daemons) => (_scheduler, _demand, _daemons) = (scheduler, demand, daemons);

    /// <summary>Numbers of nodes that were tried.</summary>
    public int Tries { get; private set; }

    public void Add(NodeTemplate template, int count = 1)
    {
        for (; count > 0; count--)
        {
            var ordinal = NextOrdinal(template);
            var node = template.Make(template.NameOf(ordinal));
            if (template.Volumes is { } volumes)
            {
                _scheduler.Apply(volumes with { Metadata = new() { Name = node.Metadata.Name } });
            }

            _scheduler.Apply(node);
            foreach (var pod in _daemons.For(node))
            {
                NodeDaemons.Put(_scheduler, pod);
            }
        }
    }

    /// <summary>Places all, as far as it goes, and takes it back.</summary>
    public (int Placed, PodPlacement? Failure) Try(CancellationToken cancellationToken)
    {
        Tries++;
        using var checkpoint = _scheduler.Checkpoint();
        var outcome = _demand.Count(_scheduler, cancellationToken);
        _scheduler.Rollback(checkpoint);
        return outcome;
    }

    /// <summary>Places all, and tells of each pod.</summary>
    public GrowMix Carry(NodeMix mix, CancellationToken cancellationToken)
    {
        using var checkpoint = _scheduler.Checkpoint();
        var meter = new UtilizationMeter(_scheduler);
        var placed = _demand.Place(_scheduler, isExplained: null, progress: null, cancellationToken);
        var result = new GrowMix(mix, placed.Pods, meter.Read());
        _scheduler.Rollback(checkpoint);
        return result;
    }

    /// <summary>Numbers that nodes of the cluster have are passed over.</summary>
    private int NextOrdinal(NodeTemplate template)
    {
        var ordinal = _counts.GetValueOrDefault(template.Name);
        do
        {
            ordinal++;
        }
        while (_scheduler.HasNode(template.NameOf(ordinal)));

        _counts[template.Name] = ordinal;
        return ordinal;
    }
}
