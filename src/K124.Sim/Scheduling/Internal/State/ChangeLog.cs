namespace K124.Sim.Scheduling.Internal;

/// <summary>The latest changes of pods on nodes, for those who keep numbers in step with them.</summary>
/// <remarks>Readers remember how far they have read. Who has fallen behind by more than the log holds starts anew.</remarks>
internal sealed class ChangeLog
{
    private const int MinCapacity = 64;

    private PodChange[] _ring = new PodChange[MinCapacity];

    /// <summary>Number of changes so far.</summary>
    public long Head { get; private set; }

    /// <summary>A change by number.</summary>
    public ref readonly PodChange this[long number] => ref _ring[number & (_ring.Length - 1)];

    /// <summary>Whether the changes from a number on are still there.</summary>
    public bool Covers(long number) => Head - number <= _ring.Length;

    public void Add(PodClass pod, int row, int sign, int usefulLength)
    {
        if (Head >= _ring.Length && _ring.Length < usefulLength)
        {
            Grow();
        }

        _ring[Head++ & (_ring.Length - 1)] = new(pod, row, sign);
    }

    private void Grow()
    {
        var longer = new PodChange[2 * _ring.Length];
        for (var number = Head - _ring.Length; number < Head; number++)
        {
            longer[number & (longer.Length - 1)] = this[number];
        }

        _ring = longer;
    }
}

/// <summary>A pod came to a node, or went.</summary>
/// <param name="Pod">Class of the pod.</param>
/// <param name="Row">The node.</param>
/// <param name="Sign">1 if it came, -1 if it went.</param>
internal readonly record struct PodChange(PodClass Pod, int Row, int Sign);
