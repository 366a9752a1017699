using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The order in which nodes are examined: one node of each zone in turn, zones and nodes as first seen.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/cache (nodeTree).</remarks>
internal static class NodeTree
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private const string RegionLabel = "topology.kubernetes.io/region";
    private const string OldZoneLabel = "failure-domain.beta.kubernetes.io/zone";
    private const string OldRegionLabel = "failure-domain.beta.kubernetes.io/region";

    public static int[] Order(IReadOnlyList<Node> nodes)
    {
        var zones = new List<List<int>>();
        var zoneByKey = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var row = 0; row < nodes.Count; row++)
        {
            var key = ZoneKey(nodes[row].Metadata.Labels);
            if (!zoneByKey.TryGetValue(key, out var zone))
            {
                zoneByKey.Add(key, zone = []);
                zones.Add(zone);
            }

            zone.Add(row);
        }

        var order = new List<int>(nodes.Count);
        for (var round = 0; order.Count < nodes.Count; round++)
        {
            order.AddRange(zones.Where(zone => round < zone.Count).Select(zone => zone[round]));
        }

        return [.. order];
    }

    private static string ZoneKey(StringMap<string> labels)
    {
        var zone = FirstOf(labels, OldZoneLabel, ZoneLabel);
        var region = FirstOf(labels, OldRegionLabel, RegionLabel);
        return zone.Length == 0 && region.Length == 0 ? "" : $"{region}:\0:{zone}";
    }

    private static string FirstOf(StringMap<string> labels, string first, string second) =>
        labels.TryGetValue(first, out var value) || labels.TryGetValue(second, out value) ? value : "";
}
