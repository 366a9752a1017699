using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="Job"/>.</summary>
public sealed record JobStatus
{
    internal static readonly JobStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary>Conditions such as <c>Complete</c>, <c>Failed</c> and <c>Suspended</c>.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>When the controller first saw the job unsuspended.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When the job completed.</summary>
    public DateTimeOffset? CompletionTime { get; init; }

    /// <summary>Pods pending or running.</summary>
    public int Active { get; init; }

    /// <summary>Pods that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Pods that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Pods that are ready (KEP-2879).</summary>
    public int? Ready { get; init; }

    /// <summary>Completed indexes as intervals, for example <c>1,3-5,7</c>.</summary>
    public string CompletedIndexes { get; init => field = value ?? ""; } = "";

    /// <summary>Finished pods not yet in the counters (KEP-2307).</summary>
    public UncountedTerminatedPods? UncountedTerminatedPods { get; init; }
}
