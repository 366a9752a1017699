namespace K124.Sim.Platform.LeaderElection;

/// <summary>One attempt of a participant.</summary>
/// <param name="Time">When, in ticks.</param>
/// <param name="Id">Who.</param>
/// <param name="Phase">What for: <c>acquire</c>, <c>renew</c>, <c>release</c>; or <c>lost</c>, which is the end of renewing.</param>
/// <param name="Why">Why it failed; null if it did not.</param>
/// <param name="Record">The stored record afterwards; null if there is none, or the attempt did not look.</param>
internal sealed record LeaderAttempt(long Time, string Id, string Phase, string? Why, LeaderRecord? Record)
{
    /// <summary>Phase in which a leader finds that it could not renew in time.</summary>
    public const string Lost = "lost";

    /// <summary>Whether it did what it was for.</summary>
    public bool Succeeded => Why is null && Phase != Lost;
}

/// <summary>A span in which a participant took itself for the leader.</summary>
/// <param name="Id">Who.</param>
/// <param name="From">From when, in ticks.</param>
/// <param name="To">Until when, in ticks.</param>
/// <param name="End">How it ended: <c>lost</c>, <c>crash</c>, <c>cancel</c>, or <c>still leading</c>.</param>
internal sealed record LeaderTerm(string Id, long From, long To, string End);
