using K124.Sim.Collections;

namespace K124.Sim.Scheduling.State;

/// <summary>Container images on the nodes, as each node last saw them.</summary>
/// <remarks>
/// An image's size is that of the node that first brought it, as long as any node has it. How many nodes have it is what was so when the node
/// at hand came or changed last: later changes of other nodes do not show. The nodes of the cluster that the scheduler was made for count as
/// having all changed once. Kubernetes 1.24 pkg/scheduler/internal/cache (addNodeImageStates).
/// </remarks>
internal sealed class NodeImages
{
    private readonly NodeTable _nodes;
    private readonly ForkableMap<string, int> _ids;
    private readonly PagedArray<ImageState> _states;
    private readonly PagedArray<ImageSummary[]?> _perRow;
    private int _rowCount;
    private bool _isRead;

    public NodeImages(NodeTable nodes, Ownership ownership)
    {
        _nodes = nodes;
        _ids = new(ownership, StringComparer.Ordinal);
        _states = new(ownership);
        _perRow = new(ownership);
    }

    private NodeImages(NodeImages other, NodeTable nodes, Ownership ownership)
    {
        _nodes = nodes;
        _ids = other._ids.Fork(ownership);
        _states = other._states.Fork(ownership);
        _perRow = other._perRow.Fork(ownership);
        (_rowCount, _isRead) = (other._rowCount, other._isRead);
    }

    /// <summary>The same images of nodes in another table, which changes of these do not touch.</summary>
    public NodeImages Fork(NodeTable nodes, Ownership ownership) => new(this, nodes, ownership);

    /// <summary>The image's id, or -1 if no node has had it.</summary>
    public int Find(string name)
    {
        Read();
        return _ids.GetValueOrDefault(name, -1);
    }

    /// <summary>The images of a node as it last saw them.</summary>
    public ReadOnlySpan<ImageSummary> Of(int row)
    {
        Read();
        return Summaries(row);
    }

    /// <summary>Reads the images of the nodes there are, before the first of them changes.</summary>
    public void Read()
    {
        if (_isRead)
        {
            return;
        }

        _isRead = true;
        for (var row = 0; row < _nodes.RowCount; row++)
        {
            Enter(row);
        }

        for (var row = 0; row < _nodes.RowCount; row++)
        {
            Summarize(row);
        }
    }

    /// <summary>Follows a change of a row's node object, which the table has made already.</summary>
    /// <returns>What <see cref="Undo"/> needs.</returns>
    public object Follow(int row)
    {
        var undo = new ImageUndo(row, Summaries(row), []);
        foreach (var image in undo.Summaries ?? [])
        {
            Remember(undo, image.Id);
            _states.Own(image.Id) = _states[image.Id] with { Nodes = _states[image.Id].Nodes - 1 };
        }

        foreach (var id in IdsOf(row))
        {
            Remember(undo, id);
        }

        Enter(row);
        Summarize(row);
        return undo;
    }

    public void Undo(object undone)
    {
        var undo = (ImageUndo)undone;
        _perRow.Own(undo.Row) = undo.Summaries;
        for (var i = undo.States.Count - 1; i >= 0; i--)
        {
            _states.Own(undo.States[i].Id) = undo.States[i].State;
        }
    }

    private void Remember(ImageUndo undo, int id) => undo.States.Add((id, _states[id]));

    private void Enter(int row)
    {
        foreach (var (id, sizeBytes) in SizesOf(row))
        {
            var state = _states[id];
            _states.Own(id) = state.Nodes == 0 ? new(sizeBytes, 1) : state with { Nodes = state.Nodes + 1 };
        }
    }

    private void Summarize(int row)
    {
        if (row >= _rowCount)
        {
            _rowCount = row + 1;
            _perRow.EnsureCapacity(_rowCount);
        }

        _perRow.Own(row) = _nodes.Nodes[row].Status.Images.IsEmpty ? null : [.. IdsOf(row).Select(id => new ImageSummary(id, _states[id].SizeBytes, _states[id].Nodes))];
    }

    private ImageSummary[]? Summaries(int row) => row < _rowCount ? _perRow[row] : null;

    private IEnumerable<int> IdsOf(int row) => SizesOf(row).Keys;

    private Dictionary<int, long> SizesOf(int row)
    {
        var sizes = new Dictionary<int, long>();
        foreach (var image in _nodes.Nodes[row].Status.Images)
        {
            foreach (var name in image.Names)
            {
                sizes.TryAdd(Intern(name), image.SizeBytes);
            }
        }

        return sizes;
    }

    private int Intern(string name)
    {
        if (!_ids.TryGetValue(name, out var id))
        {
            id = _ids.Count;
            _states.EnsureCapacity(id + 1);
            _ids.Add(name, id);
        }

        return id;
    }

    private readonly record struct ImageState(long SizeBytes, int Nodes);

    private sealed record ImageUndo(int Row, ImageSummary[]? Summaries, List<(int Id, ImageState State)> States);
}

/// <summary>An image as a node last saw it.</summary>
/// <param name="Id">Id of the image.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Nodes">How many nodes had it.</param>
internal readonly record struct ImageSummary(int Id, long SizeBytes, int Nodes);
