namespace K124.Sim.Scheduling.Internal;

/// <summary>A number for each row, growing with the rows.</summary>
internal struct RowCounts
{
    private int[]? _perNode;

    /// <summary>The numbers; rows beyond the end have 0.</summary>
    public readonly ReadOnlySpan<int> PerNode => _perNode;

    public readonly int On(int row) => _perNode is { } counts && row < counts.Length ? counts[row] : 0;

    public void Add(int row, int amount)
    {
        if (_perNode is null || row >= _perNode.Length)
        {
            Array.Resize(ref _perNode, Math.Max(row + 1, 2 * (_perNode?.Length ?? 0)));
        }

        _perNode[row] += amount;
    }
}
