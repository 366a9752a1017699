using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Room;

/// <summary>Counts further units of pods by class of nodes.</summary>
internal sealed class HeadroomCount(PlanningWorld world, Scheduler scheduler)
{
    private readonly NodeClasses _classes = NodeClasses.Of(scheduler);

    public ImmutableArray<ShapeHeadroom> Of(Pod[] pods, CancellationToken cancellationToken) => [.. pods.Select(pod => Of(pod, cancellationToken))];

    private ShapeHeadroom Of(Pod pod, CancellationToken cancellationToken)
    {
        var count = new RoomCount(pod, world.Options);
        var units = count.UnitsByNode(scheduler, cancellationToken);
        var classes = _classes.Classes.Select((nodeClass, i) => Of(nodeClass, _classes.Rows[i], count, units));
        return new(pod, units.Values.Sum(), [.. classes.OrderByDescending(static item => item.Units).ThenByDescending(static item => item.Class.Nodes)]);
    }

    private ClassHeadroom Of(NodeClass nodeClass, int[] rows, RoomCount count, Dictionary<int, long> units)
    {
        var binding = new SortedDictionary<string, (int Nodes, long ShortBy)>(StringComparer.Ordinal);
        var (sum, withRoom, empty) = (0L, 0, -1);
        foreach (var row in rows)
        {
            var here = units.GetValueOrDefault(row);
            sum += here;
            withRoom += here > 0 ? 1 : 0;
            if (here == 0 && empty < 0)
            {
                empty = row;
            }

            if (Shortage(row, here, count) is var (resource, shortBy))
            {
                var known = binding.GetValueOrDefault(resource, (Nodes: 0, ShortBy: long.MaxValue));
                binding[resource] = (known.Nodes + 1, Math.Min(known.ShortBy, shortBy));
            }
        }

        var (name, most) = binding.OrderByDescending(static item => item.Value.Nodes).Select(static item => (item.Key, item.Value)).FirstOrDefault();
        return new(nodeClass, sum, withRoom, name ?? "", name is null ? 0 : most.ShortBy, empty < 0 ? "" : scheduler.ObjectionOf(count.Pod, empty));
    }

    /// <summary>The resource of which most is missing for one more unit, for its size, once the node is full of these.</summary>
    private (string Resource, long ShortBy)? Shortage(int row, long units, RoomCount count)
    {
        (string Resource, long ShortBy)? worst = null;
        var share = 0.0;
        foreach (var (resource, amount) in count.Requests(scheduler))
        {
            var shortBy = amount - (scheduler.FreeOf(resource, row) - (units * amount));
            if (shortBy > 0 && (double)shortBy / amount > share)
            {
                (worst, share) = ((resource, shortBy), (double)shortBy / amount);
            }
        }

        return worst;
    }
}
