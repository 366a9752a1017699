using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Time;

/// <summary>Events in the order of (time, priority, insertion): the order in which a simulation applies them.</summary>
/// <typeparam name="T">What an event carries.</typeparam>
/// <remarks>A heap with four children a node. Insertion and removal take O(log n) and allocate nothing once the queue has reached its
/// size. Not thread-safe.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue.")]
public sealed class EventQueue<T>
{
    private const int Arity = 4;

    // Rank: the priority in the upper 16 bits, the insertion number below.
    private const int SequenceBits = 48;

    private Entry[] _entries = new Entry[16];
    private ulong _nextSequence;

    /// <summary>Number of events that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Time of the first event, in UTC ticks.</summary>
    /// <exception cref="InvalidOperationException">No event waits.</exception>
    public long NextTicks => Count > 0 ? _entries[0].Ticks : throw new InvalidOperationException("No event waits.");

    /// <summary>Adds an event.</summary>
    /// <param name="utcTicks">When it is due, in UTC ticks of 100 ns.</param>
    /// <param name="priority">Which of the events of one instant come first: the lower number, from 0 to 65535.</param>
    /// <param name="item">What it carries.</param>
    public void Push(long utcTicks, int priority, T item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(priority);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, ushort.MaxValue);
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        var entry = new Entry(utcTicks, ((ulong)priority << SequenceBits) | _nextSequence++, item);
        var at = Count++;
        while (at > 0)
        {
            var parent = (at - 1) / Arity;
            if (!entry.IsBefore(_entries[parent]))
            {
                break;
            }

            _entries[at] = _entries[parent];
            at = parent;
        }

        _entries[at] = entry;
    }

    /// <summary>Removes the first event if it is due.</summary>
    /// <param name="utcTicksMax">Latest time at which an event counts as due, in UTC ticks.</param>
    /// <param name="utcTicks">Time of the event.</param>
    /// <param name="item">What it carries.</param>
    /// <returns>False if no event is due.</returns>
    public bool TryPop(long utcTicksMax, out long utcTicks, [MaybeNullWhen(false)] out T item)
    {
        if (Count == 0 || _entries[0].Ticks > utcTicksMax)
        {
            utcTicks = 0;
            item = default;
            return false;
        }

        (utcTicks, item) = (_entries[0].Ticks, _entries[0].Item);
        var last = _entries[--Count];
        _entries[Count] = default;
        if (Count > 0)
        {
            Sink(last);
        }

        return true;
    }

    private void Sink(in Entry entry)
    {
        var at = 0;
        while (true)
        {
            var first = (at * Arity) + 1;
            if (first >= Count)
            {
                break;
            }

            var least = first;
            var end = Math.Min(first + Arity, Count);
            for (var child = first + 1; child < end; child++)
            {
                if (_entries[child].IsBefore(_entries[least]))
                {
                    least = child;
                }
            }

            if (!_entries[least].IsBefore(entry))
            {
                break;
            }

            _entries[at] = _entries[least];
            at = least;
        }

        _entries[at] = entry;
    }

    private readonly struct Entry(long ticks, ulong rank, T item)
    {
        public readonly long Ticks = ticks;
        public readonly T Item = item;
        private readonly ulong _rank = rank;

        public bool IsBefore(in Entry other) => Ticks < other.Ticks || (Ticks == other.Ticks && _rank < other._rank);
    }
}
