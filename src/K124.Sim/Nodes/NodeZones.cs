using K124.Sim.Model;

namespace K124.Sim.Nodes;

/// <summary>How many nodes of a zone are ready.</summary>
internal enum ZoneState
{
    /// <summary>It was not yet looked at.</summary>
    Initial,

    /// <summary>Enough of them.</summary>
    Normal,

    /// <summary>Too few.</summary>
    PartialDisruption,

    /// <summary>None.</summary>
    FullDisruption,
}

/// <summary>The zones of the cluster: their state, and the nodes to be tainted in each.</summary>
/// <param name="options">Settings.</param>
internal sealed class NodeZones(NodeLifecycleOptions options)
{
    private const string BetaRegion = "failure-domain.beta.kubernetes.io/region";
    private const string BetaZone = "failure-domain.beta.kubernetes.io/zone";
    private const string Region = "topology.kubernetes.io/region";
    private const string Zone = "topology.kubernetes.io/zone";
    private const int FewNotReady = 2;

    private readonly SortedDictionary<string, ZoneState> _states = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TaintQueue> _queues = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ZoneState> States => _states;

    public IEnumerable<TaintQueue> Queues => _queues.Values;

    /// <summary>The key of a node's zone; empty if it is in none.</summary>
    public static string KeyOf(Node node)
    {
        var (region, zone) = (LabelOf(node, BetaRegion, Region), LabelOf(node, BetaZone, Zone));
        return region.Length == 0 && zone.Length == 0 ? "" : $"{region}:\0:{zone}";
    }

    public TaintQueue QueueOf(Node node) => _queues[KeyOf(node)];

    /// <summary>Makes a node's zone known.</summary>
    public void Add(Node node, DateTimeOffset now)
    {
        var key = KeyOf(node);
        if (_states.TryAdd(key, ZoneState.Initial))
        {
            _queues[key] = new(options.EvictionRate, now);
        }
    }

    /// <summary>Sets states and rates by the Ready conditions of the nodes.</summary>
    /// <param name="ready">For each zone, whether each of its nodes is ready.</param>
    /// <param name="now">The present.</param>
    /// <returns>Whether all zones have become disrupted, or have ceased to be.</returns>
    public ZoneTurn Update(IReadOnlyDictionary<string, List<bool>> ready, DateTimeOffset now)
    {
        foreach (var key in ready.Keys)
        {
            _states.TryAdd(key, ZoneState.Initial);
        }

        foreach (var key in _states.Keys.Where(key => !ready.ContainsKey(key)).ToArray())
        {
            _states.Remove(key);
        }

        var states = ready.ToDictionary(static entry => entry.Key, entry => StateOf(entry.Value), StringComparer.Ordinal);
        var areAllDown = states.Values.All(static state => state == ZoneState.FullDisruption);
        var wereAllDown = _states.Values.All(static state => state == ZoneState.FullDisruption);
        if (areAllDown && wereAllDown)
        {
            return ZoneTurn.None;
        }

        foreach (var key in _states.Keys.ToArray())
        {
            if (areAllDown)
            {
                _queues[key].SetRate(0, now);
            }
            else if (wereAllDown || _states[key] != states[key])
            {
                _queues[key].SetRate(RateOf(states[key], ready[key].Count), now);
            }

            _states[key] = states[key];
        }

        return areAllDown ? ZoneTurn.AllDown : wereAllDown ? ZoneTurn.BackUp : ZoneTurn.None;
    }

    public NodeZones Fork()
    {
        var copy = new NodeZones(options);
        foreach (var (key, state) in _states)
        {
            copy._states.Add(key, state);
        }

        foreach (var (key, queue) in _queues)
        {
            copy._queues.Add(key, queue.Fork());
        }

        return copy;
    }

    private ZoneState StateOf(List<bool> ready)
    {
        var notReady = ready.Count(static isReady => !isReady);
        return notReady == ready.Count && notReady > 0 ? ZoneState.FullDisruption
            : notReady > FewNotReady && notReady / (float)ready.Count >= options.UnhealthyZoneThreshold ? ZoneState.PartialDisruption
            : ZoneState.Normal;
    }

    private float RateOf(ZoneState state, int size) => state != ZoneState.PartialDisruption ? options.EvictionRate
        : size > options.LargeClusterThreshold ? options.SecondaryEvictionRate
        : 0;

    private static string LabelOf(Node node, string beta, string stable) =>
        node.Metadata.Labels.TryGetValue(beta, out var value) || node.Metadata.Labels.TryGetValue(stable, out value) ? value : "";
}

/// <summary>A turn for the whole cluster.</summary>
internal enum ZoneTurn
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>No zone has a ready node any more.</summary>
    AllDown,

    /// <summary>A zone has one again.</summary>
    BackUp,
}
