using System.Collections.Immutable;

namespace K124.Sim.Policy;

/// <summary>What is remembered of an autoscaler between its syncs.</summary>
/// <param name="Recommendations">Sizes that metrics asked for.</param>
/// <param name="Ups">By how much the target grew.</param>
/// <param name="Downs">By how much it shrank.</param>
internal sealed record ScalingHistory(ImmutableArray<ScalingRecord> Recommendations, ImmutableArray<ScalingRecord> Ups, ImmutableArray<ScalingRecord> Downs)
{
    // No policy may look back further.
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(30);

    /// <summary>The first sight of a target: its size counts as recommended.</summary>
    public static ScalingHistory Begin(int replicas, DateTimeOffset now) => new([new(replicas, now)], [], []);

    public ScalingHistory Scaled(int from, int to, DateTimeOffset now) => to > from
        ? this with { Ups = Add(Ups, to - from, now) }
        : this with { Downs = Add(Downs, from - to, now) };

    private static ImmutableArray<ScalingRecord> Add(ImmutableArray<ScalingRecord> records, int change, DateTimeOffset now) =>
        [.. records.Where(record => record.Time >= now - LongestPeriod), new(change, now)];
}
