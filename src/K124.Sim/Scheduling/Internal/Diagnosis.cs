using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The objections to every examined node of one attempt.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (Diagnosis, FitError).</remarks>
internal sealed class Diagnosis(NodeTable nodes)
{
    private readonly ImmutableArray<PluginStatus>[] _statuses = new ImmutableArray<PluginStatus>[nodes.RowCount];
    private readonly List<int> _rows = [];
    private readonly string[] _names = nodes.TakeNames();

    public int Count => _rows.Count;

    public void Add(int row, ImmutableArray<PluginStatus> statuses)
    {
        _statuses[row] = statuses;
        _rows.Add(row);
    }

    public void AddRange(Diagnosis other)
    {
        foreach (var row in other._rows)
        {
            Add(row, other._statuses[row]);
        }
    }

    public bool Contains(int row) => !_statuses[row].IsDefault;

    /// <summary>The strongest code for a node; Success if it was not examined.</summary>
    public StatusCode CodeOf(int row)
    {
        var code = StatusCode.Success;
        if (Contains(row))
        {
            foreach (var status in _statuses[row])
            {
                code = status.Code > code ? status.Code : code;
            }
        }

        return code;
    }

    public ImmutableArray<NodeStatus> ToNodeStatuses() => [.. _rows.Select(row => new NodeStatus(_names[row], _statuses[row]))];

    /// <summary>The reasons as the message shows them.</summary>
    public string Histogram() => string.Join(", ", Reasons().Select(static reason => $"{reason.Nodes} {reason.Reason}"));

    /// <summary>Counts each reason over all nodes, sorted as the strings that the message shows.</summary>
    public ImmutableArray<ReasonCount> Reasons()
    {
        var nodesByStatus = new Dictionary<PluginStatus, int>(ReferenceEqualityComparer.Instance);
        foreach (var row in _rows)
        {
            foreach (var status in _statuses[row])
            {
                nodesByStatus[status] = nodesByStatus.GetValueOrDefault(status) + 1;
            }
        }

        var nodesByReason = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (status, nodes) in nodesByStatus)
        {
            foreach (var reason in status.Reasons)
            {
                nodesByReason[reason] = nodesByReason.GetValueOrDefault(reason) + nodes;
            }
        }

        return [.. nodesByReason.Select(static entry => new ReasonCount(entry.Key, entry.Value)).OrderBy(static entry => $"{entry.Nodes} {entry.Reason}", StringComparer.Ordinal)];
    }
}
