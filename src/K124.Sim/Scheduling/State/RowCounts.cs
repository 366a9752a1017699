namespace K124.Sim.Scheduling.State;

/// <summary>A number for each row, growing with the rows.</summary>
internal struct RowCounts
{
    private int[]? _perNode;
    private object? _owner;

    /// <summary>The numbers; rows beyond the end have 0.</summary>
    public readonly ReadOnlySpan<int> PerNode => _perNode;

    /// <summary>The sum of the numbers.</summary>
    public int Total { get; private set; }

    public readonly int On(int row) => _perNode is { } counts && row < counts.Length ? counts[row] : 0;

    /// <summary>Adds to a number; those of another owner are copied first.</summary>
    public void Add(int row, int amount, object owner)
    {
        if (_perNode is null || row >= _perNode.Length)
        {
            Array.Resize(ref _perNode, Math.Max(row + 1, 2 * (_perNode?.Length ?? 0)));
        }
        else if (!ReferenceEquals(_owner, owner))
        {
            _perNode = (int[])_perNode.Clone();
        }

        _owner = owner;
        _perNode[row] += amount;
        Total += amount;
    }
}
