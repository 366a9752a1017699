using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>What a repair pass did, its retries included.</summary>
public sealed record RepairResult
{
    private readonly Items<RepairEvent> _events;
    private readonly Items<string> _logged;

    /// <summary>Why the pass failed; empty if it did not.</summary>
    public string Error { get; init; } = "";

    /// <summary>Events, in the order of recording.</summary>
    public ImmutableArray<RepairEvent> Events { get => _events.Array; init => _events = new(value); }

    /// <summary>Errors that 1.24 logs, in order.</summary>
    public ImmutableArray<string> Logged { get => _logged.Array; init => _logged = new(value); }

    /// <summary>How often a stored object was to be replaced.</summary>
    public int WriteAttempts { get; init; }
}
