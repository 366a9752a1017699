using K124.Sim.Model;

namespace K124.Sim.Storage.Internal;

/// <summary>Volumes that no claim has, smallest first, those of one size by name.</summary>
/// <remarks>Kept in runs of bounded length, so that adding and removing moves few of them.</remarks>
internal sealed class FreeVolumes
{
    private const int LongestRun = 256;

    private readonly List<List<PersistentVolume>> _runs = [];

    public int Count { get; private set; }

    /// <summary>The largest volume; null if there is none.</summary>
    public PersistentVolume? Last => _runs.Count == 0 ? null : _runs[^1][^1];

    public void Add(PersistentVolume volume)
    {
        Count++;
        if (_runs.Count == 0)
        {
            _runs.Add([volume]);
            return;
        }

        var index = RunOf(volume);
        var run = _runs[index];
        run.Insert(PositionIn(run, volume), volume);
        if (run.Count > LongestRun)
        {
            _runs.Insert(index + 1, run.GetRange(LongestRun / 2, run.Count - (LongestRun / 2)));
            run.RemoveRange(LongestRun / 2, run.Count - (LongestRun / 2));
        }
    }

    public void Remove(PersistentVolume volume)
    {
        Count--;
        var index = RunOf(volume);
        var run = _runs[index];
        run.RemoveAt(PositionIn(run, volume));
        if (run.Count == 0)
        {
            _runs.RemoveAt(index);
        }
    }

    /// <summary>The first volume of at least the asked size that has the asked labels and is not taken yet.</summary>
    public PersistentVolume? Smallest(ClaimRequest request, List<BindingInfo> taken)
    {
        for (var index = FirstRun(request.Storage); index < _runs.Count; index++)
        {
            foreach (var volume in _runs[index])
            {
                if (Claims.CapacityOf(volume) >= request.Storage && request.Selector!.Matches(volume.Metadata.Labels) && !IsTaken(volume, taken))
                {
                    return volume;
                }
            }
        }

        return null;
    }

    /// <summary>The largest volume that has the asked labels.</summary>
    public PersistentVolume? Largest(ClaimRequest request)
    {
        for (var index = _runs.Count - 1; index >= 0; index--)
        {
            if (_runs[index].FindLast(volume => request.Selector!.Matches(volume.Metadata.Labels)) is { } volume)
            {
                return volume;
            }
        }

        return null;
    }

    public static int Compare(PersistentVolume left, PersistentVolume right)
    {
        var order = Claims.CapacityOf(left).CompareTo(Claims.CapacityOf(right));
        return order != 0 ? order : string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name);
    }

    private static bool IsTaken(PersistentVolume volume, List<BindingInfo> taken)
    {
        foreach (var match in taken)
        {
            if (ReferenceEquals(match.Volume, volume))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first run whose last volume has the asked size.</summary>
    private int FirstRun(Quantity storage)
    {
        int low = 0, high = _runs.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Claims.CapacityOf(_runs[middle][^1]) < storage)
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

    /// <summary>The first run whose last volume does not come before the given one; else the last run.</summary>
    private int RunOf(PersistentVolume volume)
    {
        int low = 0, high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(_runs[middle][^1], volume) < 0)
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

    private static int PositionIn(List<PersistentVolume> run, PersistentVolume volume)
    {
        int low = 0, high = run.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(run[middle], volume) < 0)
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
}
