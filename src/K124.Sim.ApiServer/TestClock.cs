namespace K124.Sim.ApiServer;

/// <summary>The time of a cluster: it stands still until it is advanced.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly ClusterHost _host;

    internal TestClock(ClusterHost host) => _host = host;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _host.UtcNow;

    /// <summary>Lets time pass: watches end, bookmarks are sent, and whatever is due in the cluster happens.</summary>
    /// <param name="time">How much.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        _host.Advance(time);
    }
}
