namespace K124.Sim.Platform.LeaderElection;

/// <summary>What a Lease says about a leader.</summary>
/// <param name="Holder">Who leads; empty if the last leader let go.</param>
/// <param name="LeaseDurationSeconds">Seconds that the holder asks others to leave it alone.</param>
/// <param name="AcquireTime">When the holder became leader, in ticks of its own clock.</param>
/// <param name="RenewTime">When it last wrote, in ticks of its own clock; nobody compares it.</param>
/// <param name="Transitions">How often leaders changed.</param>
internal sealed record LeaderRecord(string Holder, int LeaseDurationSeconds, long AcquireTime, long RenewTime, int Transitions);
