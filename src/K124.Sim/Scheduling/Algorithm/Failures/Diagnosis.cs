using System.Collections.Immutable;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm.Failures;

/// <summary>The objections to every examined node of one attempt.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (Diagnosis, FitError).</remarks>
internal sealed class Diagnosis
{
    private readonly string[] _names;
    private readonly List<int>? _rows;
    private readonly int[] _order;

    /// <summary>No node has been examined yet.</summary>
    public Diagnosis(NodeTable nodes)
    {
        _names = nodes.TakeNames();
        _rows = [];
        _order = [];
        Statuses = new(nodes.RowCount);
    }

    /// <summary>All nodes have been examined, as is remembered.</summary>
    public Diagnosis(NodeTable nodes, FailureMemo memo)
    {
        _names = nodes.TakeNames();
        _order = nodes.Order;
        Statuses = memo.Statuses;
        Memo = memo;
    }

    public RowStatuses Statuses { get; }

    /// <summary>What is remembered of earlier attempts, up to date; null if nothing is.</summary>
    public FailureMemo? Memo { get; }

    /// <summary>The position from which all nodes have been examined.</summary>
    public int First { get; set; }

    public int Count => Statuses.Count;

    public void Add(int row, ImmutableArray<PluginStatus> statuses)
    {
        Statuses.Set(row, statuses);
        _rows!.Add(row);
    }

    public bool Contains(int row) => Statuses.Has(row);

    /// <summary>The strongest code for a node; Success if it was not examined.</summary>
    public StatusCode CodeOf(int row) => Statuses.CodeOf(row);

    /// <summary>Reads the objections, as they are now, in the order of examination; when asked.</summary>
    public NodeStatusReader Reader() => new(_names, Statuses.Share(), _rows?.ToArray() ?? _order, First);
}
