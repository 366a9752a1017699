using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.State;

/// <summary>The latest changes of nodes and of pods on them, for those who keep numbers in step with them.</summary>
/// <remarks>Readers remember how far they have read. Who has fallen behind by more than the log holds starts anew.</remarks>
internal sealed class ChangeLog
{
    private const int MinCapacity = 64;

    // Changes of node objects are few among those of pods, and whoever has missed one begins from nothing: so it pays to look back far.
    private const int LooksBack = 4;

    private NodeChange[] _ring = new NodeChange[MinCapacity];

    /// <summary>Number of changes so far.</summary>
    public long Head { get; private set; }

    /// <summary>A change by number.</summary>
    public ref readonly NodeChange this[long number] => ref _ring[number & (_ring.Length - 1)];

    /// <summary>Whether the changes from a number on are still there.</summary>
    public bool Covers(long number) => Head - number <= _ring.Length;

    /// <summary>A log that goes on where this one is; it has only the latest changes.</summary>
    public ChangeLog Fork()
    {
        var fork = new ChangeLog { Head = Head };
        for (var number = Math.Max(0, Head - MinCapacity); number < Head; number++)
        {
            fork._ring[number & (MinCapacity - 1)] = this[number];
        }

        return fork;
    }

    /// <summary>Drops what is there: every reader starts anew.</summary>
    public void DropAll() => Head += _ring.Length + 1;

    /// <summary>Whether there are so many changes from a number on that counting anew is less work than following them.</summary>
    public bool IsFarBehind(long number) => Head - number > _ring.Length / LooksBack && _ring.Length > MinCapacity;

    /// <summary>Notes a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="rowCount">Number of rows, in proportion to which changes are kept.</param>
    public void Add(NodeChange change, int rowCount)
    {
        if (Head >= _ring.Length && _ring.Length < LooksBack * rowCount)
        {
            Grow();
        }

        _ring[Head++ & (_ring.Length - 1)] = change;
    }

    private void Grow()
    {
        var longer = new NodeChange[2 * _ring.Length];
        for (var number = Head - _ring.Length; number < Head; number++)
        {
            longer[number & (longer.Length - 1)] = this[number];
        }

        _ring = longer;
    }
}

/// <summary>Something changed on a node.</summary>
/// <param name="Row">The node.</param>
/// <param name="Pod">Kind of the pod that came, went, or is nominated; null if it is about no pod.</param>
/// <param name="Sign">1 if the pod came, -1 if it went, 0 if it is neither.</param>
/// <param name="IsObject">Whether the node object itself changed.</param>
internal readonly record struct NodeChange(int Row, PodKind? Pod, int Sign, bool IsObject)
{
    public static NodeChange OfPod(int row, PodKind pod, int sign) => new(row, pod, sign, false);

    public static NodeChange OfObject(int row) => new(row, null, 0, true);

    /// <summary>Numbers that depend on the node's domains may have changed.</summary>
    public static NodeChange OfDomains(int row) => new(row, null, 0, false);
}
