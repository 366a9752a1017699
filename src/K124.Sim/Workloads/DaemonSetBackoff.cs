namespace K124.Sim.Workloads;

/// <summary>How long to wait before a failed daemon is killed again.</summary>
internal sealed class DaemonSetBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, (TimeSpan Delay, DateTimeOffset Since)> _entries = new(StringComparer.Ordinal);

    /// <summary>The delay of a key that has to wait; null if it need not.</summary>
    public TimeSpan? DelayOf(string key, DateTimeOffset now) =>
        _entries.TryGetValue(key, out var entry) && !HasExpired(entry.Since, now) && now - entry.Since < entry.Delay ? entry.Delay : null;

    /// <summary>Notes another failure.</summary>
    public void Next(string key, DateTimeOffset now)
    {
        var delay = _entries.TryGetValue(key, out var entry) && !HasExpired(entry.Since, now) ? entry.Delay + entry.Delay : First;
        _entries[key] = (delay > Longest ? Longest : delay, now);
    }

    public DaemonSetBackoff Fork()
    {
        var copy = new DaemonSetBackoff();
        foreach (var (key, entry) in _entries)
        {
            copy._entries.Add(key, entry);
        }

        return copy;
    }

    private static bool HasExpired(DateTimeOffset since, DateTimeOffset now) => now - since > Longest + Longest;
}
