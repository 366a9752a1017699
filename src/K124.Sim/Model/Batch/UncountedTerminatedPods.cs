using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>UIDs of finished pods that are not yet in a job's counters.</summary>
public sealed record UncountedTerminatedPods
{
    private readonly Items<string> _succeeded;
    private readonly Items<string> _failed;

    /// <summary>UIDs of pods that succeeded.</summary>
    public ImmutableArray<string> Succeeded { get => _succeeded.Array; init => _succeeded = new(value); }

    /// <summary>UIDs of pods that failed.</summary>
    public ImmutableArray<string> Failed { get => _failed.Array; init => _failed = new(value); }
}
