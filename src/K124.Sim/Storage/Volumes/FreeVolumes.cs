using System.Runtime.InteropServices;
using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Storage.Volumes;

/// <summary>Volumes that no claim has, smallest first, those of one size by name.</summary>
/// <remarks>Kept in runs of bounded length, so that adding and removing moves few of them.</remarks>
internal sealed class FreeVolumes
{
    private const int LongestRun = 256;

    private readonly Ownership _ownership;
    private ForkableList<ForkableList<PersistentVolume>> _runs;

    public FreeVolumes(Ownership ownership) => _ownership = ownership;

    private FreeVolumes(FreeVolumes other, Ownership ownership) => (_ownership, _runs, Count) = (ownership, other._runs, other.Count);

    public int Count { get; private set; }

    /// <summary>The largest volume; null if there is none.</summary>
    public PersistentVolume? Last => _runs.Count == 0 ? null : _runs.Items[^1].Items[^1];

    public FreeVolumes Fork(Ownership ownership) => new(this, ownership);

    public void Add(PersistentVolume volume)
    {
        Count++;
        var runs = _runs.Own(_ownership);
        if (runs.Count == 0)
        {
            runs.Add(RunOf([volume]));
            return;
        }

        var index = IndexOfRun(volume);
        var run = CollectionsMarshal.AsSpan(runs)[index].Own(_ownership);
        run.Insert(PositionIn(run, volume), volume);
        if (run.Count > LongestRun)
        {
            runs.Insert(index + 1, RunOf(run.GetRange(LongestRun / 2, run.Count - (LongestRun / 2))));
            run.RemoveRange(LongestRun / 2, run.Count - (LongestRun / 2));
        }
    }

    public void Remove(PersistentVolume volume)
    {
        Count--;
        var runs = _runs.Own(_ownership);
        var index = IndexOfRun(volume);
        var run = CollectionsMarshal.AsSpan(runs)[index].Own(_ownership);
        run.RemoveAt(PositionIn(run, volume));
        if (run.Count == 0)
        {
            runs.RemoveAt(index);
        }
    }

    /// <summary>The first volume of at least the asked size that has the asked labels and is not taken yet.</summary>
    public PersistentVolume? Smallest(ClaimRequest request, List<BindingInfo> taken)
    {
        var runs = _runs.Items;
        for (var index = FirstRun(runs, request.Storage); index < runs.Length; index++)
        {
            foreach (var volume in runs[index].Items)
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
        var runs = _runs.Items;
        for (var index = runs.Length - 1; index >= 0; index--)
        {
            var run = runs[index].Items;
            for (var position = run.Length - 1; position >= 0; position--)
            {
                if (request.Selector!.Matches(run[position].Metadata.Labels))
                {
                    return run[position];
                }
            }
        }

        return null;
    }

    public static int Compare(PersistentVolume left, PersistentVolume right)
    {
        var order = Claims.CapacityOf(left).CompareTo(Claims.CapacityOf(right));
        return order != 0 ? order : string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name);
    }

    private ForkableList<PersistentVolume> RunOf(List<PersistentVolume> volumes)
    {
        var run = default(ForkableList<PersistentVolume>);
        run.Own(_ownership).AddRange(volumes);
        return run;
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
    private static int FirstRun(ReadOnlySpan<ForkableList<PersistentVolume>> runs, Quantity storage)
    {
        int low = 0, high = runs.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Claims.CapacityOf(runs[middle].Items[^1]) < storage)
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
    private int IndexOfRun(PersistentVolume volume)
    {
        var runs = _runs.Items;
        int low = 0, high = runs.Length - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(runs[middle].Items[^1], volume) < 0)
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
