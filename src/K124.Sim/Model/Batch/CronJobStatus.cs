using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="CronJob"/>.</summary>
public sealed record CronJobStatus
{
    internal static readonly CronJobStatus Default = new();

    private readonly Items<ObjectReference> _active;

    /// <summary>Jobs that run now.</summary>
    public ImmutableArray<ObjectReference> Active { get => _active.Array; init => _active = new(value); }

    /// <summary>When a job was last made.</summary>
    public DateTimeOffset? LastScheduleTime { get; init; }

    /// <summary>When a job last succeeded.</summary>
    public DateTimeOffset? LastSuccessfulTime { get; init; }
}
