using K124.Sim.Collections;

namespace K124.Sim.ControlPlane;

/// <summary>How far back a watch of one resource can start: the watch cache of 1.24 keeps a ring that grows and shrinks with the rate of changes.</summary>
/// <param name="StartRevision">The oldest revision that a watch can start from.</param>
/// <param name="Start">Position in the log of the oldest change in the ring.</param>
/// <param name="Capacity">Number of changes that the ring holds.</param>
internal readonly record struct WatchWindow(long StartRevision, long Start, int Capacity)
{
    private const int MinCapacity = 100;
    private const int MaxCapacity = 102400;
    private const long FreshTicks = 75 * TimeSpan.TicksPerSecond;

    /// <summary>A window that begins at a revision and holds nothing yet.</summary>
    public static WatchWindow Open(long revision, long position) => new(revision, position, MinCapacity);

    /// <summary>The window after room was made for one more change.</summary>
    public WatchWindow MakeRoom(ForkableLog<StoreChange> log, long ticks)
    {
        if (log.End - Start < Capacity)
        {
            return this;
        }

        var (start, capacity) = (Start, Capacity);
        if (ticks - log[start].UtcTicks < FreshTicks)
        {
            capacity = Math.Min(2 * capacity, MaxCapacity);
        }
        else if (ticks - log[log.End - (capacity / 4)].UtcTicks > FreshTicks)
        {
            capacity = Math.Max(capacity / 2, MinCapacity);
            start = log.End - capacity;
        }

        if (log.End - start >= capacity)
        {
            start++;
        }

        if (start == Start)
        {
            return new(StartRevision, start, capacity);
        }

        // The ring's oldest change can still be delivered to a watch that starts right before it.
        var oldest = start < log.End ? log[start].Revision - 1 : log[start - 1].Revision;
        return new(oldest, start, capacity);
    }
}
