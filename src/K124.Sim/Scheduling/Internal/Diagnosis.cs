using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The objections to every examined node of one attempt.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (Diagnosis, FitError).</remarks>
internal sealed class Diagnosis(string[] nodeNames)
{
    private readonly List<(int Row, ImmutableArray<PluginStatus> Statuses)> _rows = [];

    public int Count => _rows.Count;

    public void Add(int row, ImmutableArray<PluginStatus> statuses) => _rows.Add((row, statuses));

    public bool Contains(int row) => _rows.Exists(entry => entry.Row == row);

    public ImmutableArray<NodeStatus> ToNodeStatuses() => [.. _rows.Select(entry => new NodeStatus(nodeNames[entry.Row], entry.Statuses))];

    /// <summary>Counts each reason over all nodes, sorted as the strings that the message shows.</summary>
    public ImmutableArray<ReasonCount> Reasons()
    {
        var nodesByStatus = new Dictionary<PluginStatus, int>(ReferenceEqualityComparer.Instance);
        foreach (var (_, statuses) in _rows)
        {
            foreach (var status in statuses)
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
