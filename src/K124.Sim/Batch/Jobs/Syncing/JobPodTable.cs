using System.Runtime.CompilerServices;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>The pods of one Job as columns, with every figure that a sync needs kept up to date pod by pod.</summary>
/// <remarks>A row is never used again, so that a handle stays valid. Rows that the Job does not own count nowhere.</remarks>
internal sealed partial class JobPodTable
{
    private const PodFlags Scratch = PodFlags.ListedSucceeded | PodFlags.ListedFailed | PodFlags.Live | PodFlags.ActiveAtStart | PodFlags.SucceededAtStart | PodFlags.InFlightAtStart;

    private readonly bool _indexed;
    private readonly int _completions;
    private readonly bool _keepsSucceededIndexes;

    private PodPhase[] _phases = [];
    private PodFlags[] _flags = [];
    private int[] _indexes = [];
    private long[] _createdTicks = [];
    private long[] _readyTicks = [];
    private int[] _restarts = [];
    private int[] _mostRestarts = [];

    /// <summary>Place of the row in <see cref="_active"/> or <see cref="_ended"/>; no row is in both.</summary>
    private int[] _places = [];

    /// <param name="indexed">Whether the Job is Indexed.</param>
    /// <param name="completions">Completions of an Indexed Job.</param>
    /// <param name="tracked">Whether finished pods are counted by their finalizers.</param>
    public JobPodTable(bool indexed, int completions, bool tracked)
    {
        _indexed = indexed;
        _completions = completions;
        _keepsSucceededIndexes = indexed && !tracked;
    }

    public int Count { get; private set; }

    public PodPhase Phase(int pod) => _phases[pod];

    public PodFlags Flags(int pod) => _flags[pod];

    public bool Has(int pod, PodFlags flags) => (_flags[pod] & flags) == flags;

    public int Index(int pod) => _indexes[pod];

    public bool IsFinished(int pod) => _phases[pod] is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>Whether the pod may count: always, but in an Indexed Job only with an index below completions.</summary>
    public bool IsValid(int pod) => !_indexed || (uint)_indexes[pod] < (uint)_completions;

    public int Add(in PodRow row)
    {
        var pod = Count++;
        if (pod == _phases.Length)
        {
            Grow();
        }

        _phases[pod] = row.Phase;
        _flags[pod] = row.Flags;
        _indexes[pod] = row.Index;
        _createdTicks[pod] = row.CreatedTicks;
        _readyTicks[pod] = row.ReadyTicks;
        _restarts[pod] = row.Restarts;
        _mostRestarts[pod] = row.MostRestarts;
        Account(pod, 1);
        return pod;
    }

    /// <summary>Shows a pod as a watch reports it; what the controller noted about it stays.</summary>
    public void Set(int pod, in PodRow row)
    {
        var flags = row.Flags | (_flags[pod] & (Scratch | PodFlags.InFlight));
        if (row.Phase == _phases[pod] && ((flags ^ _flags[pod]) & ~PodFlags.Bound) == PodFlags.None && row.Restarts == _restarts[pod])
        {
            // Only what no figure depends on has changed.
            _flags[pod] = flags;
            _readyTicks[pod] = row.ReadyTicks;
            return;
        }

        var staysActive = ((flags ^ _flags[pod]) & ~(PodFlags.Bound | PodFlags.Ready)) == PodFlags.None
            && (flags & (PodFlags.Claimed | PodFlags.Gone | PodFlags.Deleting)) == PodFlags.Claimed
            && !IsFinished(pod) && row.Phase is not (PodPhase.Succeeded or PodPhase.Failed);
        if (staysActive)
        {
            ReadyCount += (Has(flags, PodFlags.Ready) ? 1 : 0) - (Has(pod, PodFlags.Ready) ? 1 : 0);
            RestartCount += CountedRestarts(row.Phase, row.Restarts) - CountedRestarts(_phases[pod], _restarts[pod]);
        }
        else
        {
            Account(pod, -1);
        }

        _phases[pod] = row.Phase;
        _flags[pod] = flags;
        _createdTicks[pod] = row.CreatedTicks;
        _readyTicks[pod] = row.ReadyTicks;
        _restarts[pod] = row.Restarts;
        _mostRestarts[pod] = row.MostRestarts;
        if (!staysActive)
        {
            Account(pod, 1);
        }
    }

    /// <summary>Notes whether the removal of the pod's finalizer was asked for and is not yet seen.</summary>
    public void SetInFlight(int pod, bool inFlight)
    {
        if (Has(pod, PodFlags.InFlight) == inFlight)
        {
            return;
        }

        // No other figure depends on it.
        AccountUncounted(pod, -1);
        _flags[pod] ^= PodFlags.InFlight;
        AccountUncounted(pod, 1);
    }

    public void Change(int pod, PodFlags add, PodFlags remove)
    {
        Account(pod, -1);
        _flags[pod] = (_flags[pod] | add) & ~remove;
        Account(pod, 1);
    }

    /// <summary>Sets or clears flags that no figure depends on.</summary>
    public void Mark(int pod, PodFlags scratch) => _flags[pod] |= scratch & Scratch;

    public void Unmark(int pod, PodFlags scratch) => _flags[pod] &= ~(scratch & Scratch);

    /// <summary>A table of the same rows whose figures are counted anew.</summary>
    public JobPodTable Recount()
    {
        var table = new JobPodTable(_indexed, _completions, !_keepsSucceededIndexes);
        for (var pod = 0; pod < Count; pod++)
        {
            table.Add(new(_phases[pod], _flags[pod], _indexes[pod], _createdTicks[pod], _readyTicks[pod], _restarts[pod], _mostRestarts[pod]));
        }

        return table;
    }

    private void Grow()
    {
        var size = Math.Max(16, _phases.Length * 2);
        Array.Resize(ref _phases, size);
        Array.Resize(ref _flags, size);
        Array.Resize(ref _indexes, size);
        Array.Resize(ref _createdTicks, size);
        Array.Resize(ref _readyTicks, size);
        Array.Resize(ref _restarts, size);
        Array.Resize(ref _mostRestarts, size);
        Array.Resize(ref _places, size);
    }

    private static bool Has(PodFlags flags, PodFlags wanted) => (flags & wanted) == wanted;

    private static int CountedRestarts(PodPhase phase, int restarts) => phase is PodPhase.Pending or PodPhase.Running ? restarts : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Enlist(List<int> list, int[] places, int pod)
    {
        places[pod] = list.Count;
        list.Add(pod);
    }

    private static void Delist(List<int> list, int[] places, int pod)
    {
        var place = places[pod];
        var moved = list[^1];
        list[place] = moved;
        places[moved] = place;
        list.RemoveAt(list.Count - 1);
    }
}
