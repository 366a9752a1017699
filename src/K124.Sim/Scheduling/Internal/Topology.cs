using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The domains that node labels form, one set per topology key.</summary>
internal sealed class Topology(Node[] nodes)
{
    private readonly Dictionary<string, TopologyDomains> _byKey = new(StringComparer.Ordinal);

    public TopologyDomains Get(string key)
    {
        if (!_byKey.TryGetValue(key, out var domains))
        {
            _byKey.Add(key, domains = new(key, nodes));
        }

        return domains;
    }
}

/// <summary>Which domain of one topology key each node is in.</summary>
internal sealed class TopologyDomains
{
    public const int None = -1;

    public TopologyDomains(string key, Node[] nodes)
    {
        Key = key;
        Of = new int[nodes.Length];
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < nodes.Length; row++)
        {
            Of[row] = None;
            if (nodes[row].Metadata.Labels.TryGetValue(key, out var value))
            {
                if (!ids.TryGetValue(value, out var id))
                {
                    ids.Add(value, id = ids.Count);
                }

                Of[row] = id;
            }
        }

        Count = ids.Count;
        EmptyValueSlot = ids.GetValueOrDefault("", Count);
    }

    public string Key { get; }

    /// <summary>Domain by row; <see cref="None"/> if the node lacks the label.</summary>
    public int[] Of { get; }

    /// <summary>Number of domains.</summary>
    public int Count { get; }

    /// <summary>Domain of nodes whose label is empty; one beyond the last domain if there are none.</summary>
    public int EmptyValueSlot { get; }
}
