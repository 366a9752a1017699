using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>Volumes that a new claim may take, smallest first, those of one size in the order that breaks ties.</summary>
/// <remarks>Kept in runs of bounded length, so that adding and removing moves few of them.</remarks>
internal sealed class VolumeShelf(Comparison<PersistentVolume> tieBreak)
{
    private const int LongestRun = 512;

    private readonly List<List<Entry>> _runs = [];

    public void Add(PersistentVolume volume)
    {
        var entry = new Entry(Claims.CapacityOf(volume), volume);
        if (_runs.Count == 0)
        {
            _runs.Add([entry]);
            return;
        }

        var index = RunOf(entry);
        var run = _runs[index];
        run.Insert(PositionIn(run, entry), entry);
        if (run.Count > LongestRun)
        {
            _runs.Insert(index + 1, run.GetRange(LongestRun / 2, run.Count - (LongestRun / 2)));
            run.RemoveRange(LongestRun / 2, run.Count - (LongestRun / 2));
        }
    }

    public void Remove(PersistentVolume volume)
    {
        var entry = new Entry(Claims.CapacityOf(volume), volume);
        var index = RunOf(entry);
        _runs[index].RemoveAt(PositionIn(_runs[index], entry));
        if (_runs[index].Count == 0)
        {
            _runs.RemoveAt(index);
        }
    }

    /// <summary>The first volume of at least the given size that meets a condition; null for no condition.</summary>
    public PersistentVolume? Smallest(Quantity size, Predicate<PersistentVolume>? condition)
    {
        var index = FirstRun(size);
        if (index == _runs.Count)
        {
            return null;
        }

        var position = FirstPosition(_runs[index], size);
        for (; index < _runs.Count; index++, position = 0)
        {
            var run = _runs[index];
            for (; position < run.Count; position++)
            {
                if (condition is null || condition(run[position].Volume))
                {
                    return run[position].Volume;
                }
            }
        }

        return null;
    }

    /// <summary>Whether one volume is taken before another.</summary>
    public bool Precedes(PersistentVolume volume, PersistentVolume other) =>
        Compare(new Entry(Claims.CapacityOf(volume), volume), new Entry(Claims.CapacityOf(other), other)) < 0;

    private int Compare(in Entry left, in Entry right)
    {
        var order = left.Capacity.CompareTo(right.Capacity);
        return order != 0 ? order : tieBreak(left.Volume, right.Volume);
    }

    /// <summary>The first run whose last volume has the given size; their number if there is none.</summary>
    private int FirstRun(Quantity size)
    {
        int low = 0, high = _runs.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_runs[middle][^1].Capacity < size)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int FirstPosition(List<Entry> run, Quantity size)
    {
        int low = 0, high = run.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (run[middle].Capacity < size)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The first run whose last entry does not come before the given one; else the last run.</summary>
    private int RunOf(in Entry entry)
    {
        int low = 0, high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(_runs[middle][^1], entry) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int PositionIn(List<Entry> run, in Entry entry)
    {
        int low = 0, high = run.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(run[middle], entry) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private readonly record struct Entry(Quantity Capacity, PersistentVolume Volume);
}
