namespace K124.Sim.Scheduling.State;

/// <summary>Sets of rows by number; a row is in one of them at most.</summary>
internal sealed class RowSets
{
    public const int None = -1;

    private int[] _first = [];
    private int[] _next = [];
    private int[] _previous = [];

    public RowSets Copy() => new() { _first = [.. _first], _next = [.. _next], _previous = [.. _previous] };

    /// <summary>A row of the set, or <see cref="None"/>.</summary>
    public int First(int set) => set < _first.Length ? _first[set] : None;

    /// <summary>The next row of the same set, or <see cref="None"/>.</summary>
    public int Next(int row) => _next[row];

    /// <summary>Moves a row from one set to another; <see cref="None"/> stands for none.</summary>
    public void Move(int row, int from, int to)
    {
        if (from != None)
        {
            Remove(row, from);
        }

        if (to != None)
        {
            Insert(row, to);
        }
    }

    private void Remove(int row, int set)
    {
        var (previous, next) = (_previous[row], _next[row]);
        if (previous == None)
        {
            _first[set] = next;
        }
        else
        {
            _next[previous] = next;
        }

        if (next != None)
        {
            _previous[next] = previous;
        }
    }

    private void Insert(int row, int set)
    {
        Grow(ref _first, set);
        Grow(ref _next, row);
        Grow(ref _previous, row);
        var next = _first[set];
        (_previous[row], _next[row], _first[set]) = (None, next, row);
        if (next != None)
        {
            _previous[next] = row;
        }
    }

    private static void Grow(ref int[] column, int index)
    {
        var known = column.Length;
        if (index >= known)
        {
            Array.Resize(ref column, Math.Max(index + 1, 2 * known));
            Array.Fill(column, None, known, column.Length - known);
        }
    }
}
