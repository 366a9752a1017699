using K124.Sim.Collections;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.State;

/// <summary>Nodes by zone, in the order in which they came; nodes are examined one of each zone in turn.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/cache (nodeTree).</remarks>
internal sealed class NodeTree(Ownership ownership)
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private const string RegionLabel = "topology.kubernetes.io/region";
    private const string OldZoneLabel = "failure-domain.beta.kubernetes.io/zone";
    private const string OldRegionLabel = "failure-domain.beta.kubernetes.io/region";

    private List<Zone> _zones = [];
    private Dictionary<string, Zone> _byKey = new(StringComparer.Ordinal);
    private object _owner = ownership.Token;

    public int Count { get; private set; }

    /// <summary>A tree with the same nodes, which changes of this one do not touch.</summary>
    public NodeTree Fork(Ownership other) => new(other) { _zones = _zones, _byKey = _byKey, _owner = _owner, Count = Count };

    /// <summary>Adds a node at the end of its zone; a new zone comes last.</summary>
    public void Add(int row, Node node)
    {
        Own();
        var key = ZoneKey(node.Metadata.Labels);
        if (!_byKey.TryGetValue(key, out var zone))
        {
            Insert(_zones.Count, zone = new(key, []));
        }

        zone.Rows.Add(row);
        Count++;
    }

    /// <summary>Takes a node out, and its zone if it was the last one there.</summary>
    /// <returns>Where it was.</returns>
    public NodeTreePlace Remove(int row, Node node)
    {
        Own();
        var zone = _byKey[ZoneKey(node.Metadata.Labels)];
        var zoneIndex = _zones.IndexOf(zone);
        var index = zone.Rows.IndexOf(row);
        zone.Rows.RemoveAt(index);
        if (zone.Rows.Count == 0)
        {
            _zones.RemoveAt(zoneIndex);
            _byKey.Remove(zone.Key);
        }

        Count--;
        return new(zoneIndex, index);
    }

    /// <summary>Undoes <see cref="Remove"/>.</summary>
    public void Restore(int row, Node node, NodeTreePlace place)
    {
        Own();
        var key = ZoneKey(node.Metadata.Labels);
        if (!_byKey.TryGetValue(key, out var zone))
        {
            Insert(place.Zone, zone = new(key, []));
        }

        zone.Rows.Insert(place.Index, row);
        Count++;
    }

    /// <summary>Whether two versions of a node are in one zone.</summary>
    public static bool IsSameZone(Node first, Node second) =>
        ReferenceEquals(first.Metadata.Labels, second.Metadata.Labels) || ZoneKey(first.Metadata.Labels) == ZoneKey(second.Metadata.Labels);

    /// <summary>The rows in the order of examination.</summary>
    public int[] Order()
    {
        var order = new int[Count];
        var next = 0;
        for (var round = 0; next < order.Length; round++)
        {
            foreach (var zone in _zones)
            {
                if (round < zone.Rows.Count)
                {
                    order[next++] = zone.Rows[round];
                }
            }
        }

        return order;
    }

    /// <summary>Region and zone of a node as one; empty if it has neither.</summary>
    public static string ZoneKey(StringMap<string> labels)
    {
        var zone = FirstOf(labels, OldZoneLabel, ZoneLabel);
        var region = FirstOf(labels, OldRegionLabel, RegionLabel);
        return zone.Length == 0 && region.Length == 0 ? "" : $"{region}:\0:{zone}";
    }

    private static string FirstOf(StringMap<string> labels, string first, string second) =>
        labels.TryGetValue(first, out var value) || labels.TryGetValue(second, out value) ? value : "";

    private void Own()
    {
        if (!ReferenceEquals(_owner, ownership.Token))
        {
            _zones = _zones.ConvertAll(static zone => new Zone(zone.Key, [.. zone.Rows]));
            _byKey = _zones.ToDictionary(static zone => zone.Key, StringComparer.Ordinal);
            _owner = ownership.Token;
        }
    }

    private void Insert(int index, Zone zone)
    {
        _zones.Insert(index, zone);
        _byKey.Add(zone.Key, zone);
    }

    private sealed class Zone(string key, List<int> rows)
    {
        public string Key { get; } = key;

        public List<int> Rows { get; } = rows;
    }
}

/// <summary>Where a node was in the tree.</summary>
/// <param name="Zone">Index of its zone.</param>
/// <param name="Index">Index within the zone.</param>
internal readonly record struct NodeTreePlace(int Zone, int Index);
