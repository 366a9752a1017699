using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>The stretch of positions that a search has examined: one range, or two if it went past the end.</summary>
internal sealed class SearchWindow
{
    private const int BigStep = 1 << 12;
    private const int StepRatio = 1 << 3;

    private NodeLayout? _layout;
    private int _length;

    /// <summary>Groups with feasible nodes in the window.</summary>
    public List<NodeGroup> Groups { get; } = [];

    /// <summary>Where the search began.</summary>
    public int First { get; private set; }

    /// <summary>How many positions were examined.</summary>
    public int Examined { get; private set; }

    /// <summary>How many of them are feasible.</summary>
    public int Feasible { get; private set; }

    /// <summary>Finds the window that holds the wanted number of feasible positions, up to the feasible one after them.</summary>
    public void Find(List<NodeGroup> groups, NodeLayout layout, int first, int wanted)
    {
        (_layout, _length, First) = (layout, layout.Length, first);
        Groups.Clear();
        Feasible = 0;
        foreach (var group in groups)
        {
            if (group.Passes && group.Fit > 0)
            {
                Groups.Add(group);
                Feasible += group.Fit;
            }
        }

        Examined = _length;
        if (Feasible > wanted)
        {
            Examined = DistanceOfFeasible(wanted);
            Feasible = wanted;
        }

        for (var i = Groups.Count - 1; i >= 0; i--)
        {
            var group = Groups[i];
            group.Best = Best(group.Column!);
            if (group.Best == BlockedColumn.None)
            {
                Groups.RemoveAt(i);
            }
        }
    }

    /// <summary>How many nodes of a group are in the window and fit.</summary>
    public int CountFit(NodeGroup group) => Examined == _length
        ? group.Fit
        : First + Examined <= _length
            ? group.Column!.CountPresent(First, First + Examined)
            : group.Column!.CountPresent(First, _length) + group.Column.CountPresent(0, First + Examined - _length);

    public int RowAt(int position) => _layout!.Rows[position];

    /// <summary>The bits of a word of positions that lie in the window.</summary>
    public ulong Within(int word, ulong bits)
    {
        var end = First + Examined;
        return bits == 0 ? 0
            : end <= _length ? bits & BlockedColumn.RangeMask(word, First, end)
            : bits & (BlockedColumn.RangeMask(word, First, _length) | BlockedColumn.RangeMask(word, 0, end - _length));
    }

    /// <summary>The position with the given place among those of the window that have their group's wanted number, in the order of examination.</summary>
    public int Nth(List<(NodeGroup Group, short Value)> tied, int index)
    {
        var distance = 0;
        for (var step = BigStep; index > 0 && step > 0; step /= StepRatio)
        {
            for (var count = CountTied(tied, distance, step); count <= index; count = CountTied(tied, distance, step))
            {
                index -= count;
                distance += step;
            }
        }

        return FirstOfTied(tied, distance);
    }

    /// <summary>The position with the lowest rank among those of the window that have their group's wanted number.</summary>
    public int LowestRank(List<(NodeGroup Group, short Value)> tied, ReadOnlySpan<int> ranks)
    {
        var (lowest, end) = (-1, First + Examined);
        foreach (var (group, value) in tied)
        {
            lowest = group.Column!.LowestRank(value, First, Math.Min(end, _length), ranks, lowest);
            lowest = end <= _length ? lowest : group.Column.LowestRank(value, 0, end - _length, ranks, lowest);
        }

        return lowest;
    }

    /// <summary>How many positions of the window have the given number.</summary>
    public int CountOf(BlockedColumn column, short value) => CountOf(column, value, 0, Examined);

    /// <summary>How many positions after the first one a position is examined.</summary>
    public int DistanceTo(int position) => position >= First ? position - First : position + _length - First;

    private int CountTied(List<(NodeGroup Group, short Value)> tied, int distance, int step)
    {
        var count = 0;
        foreach (var (group, value) in tied)
        {
            count += CountOf(group.Column!, value, distance, Math.Min(Examined, distance + step));
        }

        return count;
    }

    private int CountOf(BlockedColumn column, short value, int distance, int endDistance)
    {
        var (from, end) = (First + distance, First + endDistance);
        return end <= _length ? column.CountOf(value, from, end)
            : from >= _length ? column.CountOf(value, from - _length, end - _length)
            : column.CountOf(value, from, _length) + column.CountOf(value, 0, end - _length);
    }

    private int FirstOfTied(List<(NodeGroup Group, short Value)> tied, int distance)
    {
        var (nearest, position) = (int.MaxValue, -1);
        foreach (var (group, value) in tied)
        {
            var found = FirstOf(group.Column!, value, distance);
            if (found >= 0 && DistanceTo(found) < nearest)
            {
                (nearest, position) = (DistanceTo(found), found);
            }
        }

        return position;
    }

    private static int IndexOfBit(ulong bits, int others)
    {
        if (Bmi2.X64.IsSupported)
        {
            return BitOperations.TrailingZeroCount(Bmi2.X64.ParallelBitDeposit(1UL << others, bits));
        }

        for (; others > 0; others--)
        {
            bits &= bits - 1;
        }

        return BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>The first position with the given number, from a distance on; -1 if there is none.</summary>
    private int FirstOf(BlockedColumn column, short value, int distance)
    {
        var (from, end) = (First + distance, First + Examined);
        if (from < _length)
        {
            var found = column.First(value, from, Math.Min(end, _length));
            if (found >= 0 || end <= _length)
            {
                return found;
            }

            from = _length;
        }

        return column.First(value, from - _length, end - _length);
    }

    private short Best(BlockedColumn column)
    {
        var end = First + Examined;
        return Examined == _length ? column.Max(0, _length)
            : end <= _length ? column.Max(First, end)
            : Math.Max(column.Max(First, _length), column.Max(0, end - _length));
    }

    /// <summary>The distance of the feasible position that comes after the given number of others.</summary>
    private int DistanceOfFeasible(int others)
    {
        var distance = Skip(First, _length, ref others);
        return distance >= 0 ? distance - First : Skip(0, First, ref others) + _length - First;
    }

    /// <summary>The feasible position of a range after some others, which are counted down; -1 if there are not so many.</summary>
    private int Skip(int from, int to, ref int others)
    {
        for (var word = from >> BlockedColumn.WordBits; word << BlockedColumn.WordBits < to; word++)
        {
            var bits = 0UL;
            foreach (var group in Groups)
            {
                bits |= group.Column!.Present[word];
            }

            bits &= BlockedColumn.RangeMask(word, from, to);
            var count = BitOperations.PopCount(bits);
            if (count > others)
            {
                return (word << BlockedColumn.WordBits) + IndexOfBit(bits, others);
            }

            others -= count;
        }

        return -1;
    }
}
