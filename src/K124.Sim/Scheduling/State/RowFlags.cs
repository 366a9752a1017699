namespace K124.Sim.Scheduling.State;

/// <summary>A yes or no for each row; no for rows beyond the end.</summary>
internal sealed class RowFlags(bool[] flags)
{
    private bool[] _flags = flags;

    public RowFlags(int rowCount)
        : this(new bool[rowCount])
    {
    }

    /// <summary>The same flags, which changes of these do not touch.</summary>
    public RowFlags Copy() => new((bool[])_flags.Clone());

    /// <summary>Rows from here on have a no.</summary>
    public int Length => _flags.Length;

    public bool this[int row]
    {
        get => row < _flags.Length && _flags[row];
        set
        {
            if (row >= _flags.Length)
            {
                Array.Resize(ref _flags, Math.Max(row + 1, _flags.Length + (_flags.Length >> 2)));
            }

            _flags[row] = value;
        }
    }
}
