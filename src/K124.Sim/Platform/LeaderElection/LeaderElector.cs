namespace K124.Sim.Platform.LeaderElection;

/// <summary>What one participant of an election remembers, and what it does with a record that it reads.</summary>
/// <remarks>Only the participant's own clock counts, and only from when it saw a record change: clocks may differ by any amount.
/// Kubernetes 1.24 client-go/tools/leaderelection.</remarks>
internal sealed class LeaderElector
{
    private readonly LeaderElectionConfig _config;
    private LeaderRecord? _lastRead;
    private LeaderRecord? _observed;
    private long _observedAt;

    /// <summary>Makes a participant that has not looked yet.</summary>
    /// <param name="identity">Its name.</param>
    /// <param name="config">The times.</param>
    public LeaderElector(string identity, LeaderElectionConfig config) => (Identity, _config) = (identity, config);

    /// <summary>Its name.</summary>
    public string Identity { get; }

    /// <summary>Whom it takes for the leader; empty for nobody, null before it looked.</summary>
    public string? ObservedLeader => _observed?.Holder;

    /// <summary>Whether it takes itself for the leader.</summary>
    public bool IsLeader => ObservedLeader == Identity;

    /// <summary>Looks at the stored record.</summary>
    /// <param name="stored">The record; null if there is none.</param>
    /// <param name="now">Its own clock in ticks.</param>
    /// <returns>The record it now tries to write; null if somebody else holds the lease.</returns>
    public LeaderRecord? Look(LeaderRecord? stored, long now)
    {
        if (stored is null)
        {
            return Own(now, now, transitions: 0);
        }

        if (stored != _lastRead)
        {
            (_lastRead, _observed, _observedAt) = (stored, stored, now);
        }

        if (IsLeader)
        {
            return Own(stored.AcquireTime, now, stored.Transitions);
        }

        var isHeld = stored.Holder.Length > 0 && _observedAt + _config.LeaseDuration > now;
        return isHeld ? null : Own(now, now, stored.Transitions + 1);
    }

    /// <summary>Its write went through.</summary>
    public void Wrote(LeaderRecord record, long now) => (_observed, _observedAt) = (record, now);

    /// <summary>The record with which a leader lets go.</summary>
    /// <returns>The record; null if it does not take itself for the leader.</returns>
    public LeaderRecord? Release(long now) => IsLeader ? new("", 1, now, now, _observed!.Transitions) : null;

    private LeaderRecord Own(long acquired, long now, int transitions) =>
        new(Identity, (int)(_config.LeaseDuration / TimeSpan.TicksPerSecond), acquired, now, transitions);
}
