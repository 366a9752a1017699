namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>The positions of the nodes in the columns of an index.</summary>
internal sealed class NodeLayout
{
    private readonly int[] _positionOf;

    public NodeLayout(int[] rows, int rowCount)
    {
        Rows = rows;
        _positionOf = new int[rowCount];
        Array.Fill(_positionOf, -1);
        for (var position = 0; position < rows.Length; position++)
        {
            _positionOf[rows[position]] = position;
        }
    }

    /// <summary>Row by position.</summary>
    public int[] Rows { get; }

    /// <summary>Number of positions.</summary>
    public int Length => Rows.Length;

    public int RowCount => _positionOf.Length;

    /// <summary>Position of a row; -1 if its node is not examined.</summary>
    public int PositionOf(int row) => row < _positionOf.Length ? _positionOf[row] : -1;
}
