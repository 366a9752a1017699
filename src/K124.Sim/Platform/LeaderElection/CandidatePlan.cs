using System.Collections.Immutable;

namespace K124.Sim.Platform.LeaderElection;

/// <summary>A span of time in ticks, its end excluded.</summary>
internal readonly record struct TickSpan(long From, long To)
{
    /// <summary>Whether a time lies in it.</summary>
    public bool Contains(long time) => From <= time && time < To;
}

/// <summary>What happens to a participant of an election over time; all times in ticks.</summary>
/// <param name="Id">Its name.</param>
internal sealed record CandidatePlan(string Id)
{
    /// <summary>When it starts.</summary>
    public long Start { get; init; }

    /// <summary>Numbers from 0 to below 1 that lengthen its pauses, used one after the other and over again.</summary>
    public ImmutableArray<double> Jitter { get; init; } = [0];

    /// <summary>What its clock shows at time 0.</summary>
    public long ClockOffset { get; init; }

    /// <summary>How fast its clock runs.</summary>
    public double ClockRate { get; init; } = 1;

    /// <summary>When it dies; null if it does not.</summary>
    public long? Crash { get; init; }

    /// <summary>When it is told to stop; null if it is not.</summary>
    public long? Cancel { get; init; }

    /// <summary>While it is frozen; null if it never is.</summary>
    public TickSpan? Pause { get; init; }

    /// <summary>Whether it lets go of the lease when it stops.</summary>
    public bool ReleasesOnCancel { get; init; }

    /// <summary>While it reaches the server neither to read nor to write.</summary>
    public ImmutableArray<TickSpan> Outages { get; init; } = [];

    /// <summary>Who makes a whole attempt between its own reading and writing, by the number of its own attempt.</summary>
    public ImmutableDictionary<int, string> Races { get; init; } = ImmutableDictionary<int, string>.Empty;

    /// <summary>What its clock shows.</summary>
    public long LocalTime(long time) => ClockOffset + (ClockRate is 1 ? time : (long)Math.Round(ClockRate * time));
}
