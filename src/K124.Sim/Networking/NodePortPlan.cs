using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>Which Services hold which node ports, and where two hold one.</summary>
public sealed class NodePortPlan
{
    private NodePortPlan(NodePortSpan ports, ImmutableArray<NodePortPlacement> placements)
    {
        Ports = ports;
        Placements = placements;
        var holders = new HashSet<int>();
        Duplicates = [.. placements.Where(placement => !holders.Add(placement.Port))];
        Used = holders.Count(ports.Contains);
    }

    /// <summary>The range.</summary>
    public NodePortSpan Ports { get; }

    /// <summary>Ports that Services hold, ascending; also those that the range does not have.</summary>
    public ImmutableArray<NodePortPlacement> Placements { get; }

    /// <summary>Placements whose port a Service earlier in the list held already; the repair loop tells such a Service to be recreated.</summary>
    public ImmutableArray<NodePortPlacement> Duplicates { get; }

    /// <summary>Ports of the range that are held.</summary>
    public int Used { get; }

    /// <summary>Makes the plan of a range.</summary>
    /// <param name="ports">The range.</param>
    /// <param name="services">Services of the cluster.</param>
    /// <returns>The plan.</returns>
    public static NodePortPlan Of(NodePortSpan ports, IEnumerable<Service> services)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(services);
        return new(ports, [.. services
            .SelectMany(static service => NodePortRepair.PortsOf(service).Distinct().Select(port => new NodePortPlacement(ObjectKey.Of(service), port)))
            .OrderBy(static placement => placement.Port)
            .ThenBy(static placement => placement.Service)]);
    }
}

/// <summary>A node port that a Service holds.</summary>
/// <param name="Service">Namespace and name of the Service.</param>
/// <param name="Port">The port.</param>
public readonly record struct NodePortPlacement(ObjectKey Service, int Port);
