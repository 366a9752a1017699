using K124.Sim.Batch.Forecast;
using static K124.Sim.Tests.Batch.Jobs.JobTestData;

namespace K124.Sim.Tests.Batch.Forecast;

public class JobWorldOptionsTests
{
    private static JobTimeline Run(JobScenario scenario, JobWorldOptions world) => JobSimulation.Run(scenario with { World = world });

    private static IEnumerable<(double Milliseconds, int Count)> Creations(JobTimeline timeline) =>
        timeline.Timeline.Where(entry => entry.Kind == "pods-created").Select(entry => (entry.At.TotalMilliseconds, entry.Pods.Length));

    [Fact]
    public void Pods_are_created_in_doubling_batches_each_as_long_as_a_call()
    {
        var timeline = Run(Scenario(NewJob(20, 20), Plan(500)), new() { ApiLatencyMilliseconds = 10 });
        Assert.Equal([(10, 1), (20, 2), (30, 4), (40, 8), (50, 5)], Creations(timeline));
        Assert.Equal(60, timeline.Timeline.First(entry => entry.Kind == "status").At.TotalMilliseconds);
    }

    [Fact]
    public void The_histogram_of_syncs_counts_each_in_the_bucket_of_its_duration()
    {
        var timeline = Run(Scenario(NewJob(20, 20), Plan(500)), new() { ApiLatencyMilliseconds = 10 });
        var creating = timeline.Histograms["job_sync_duration_seconds{Indexed,success,pods_created}"];

        // Five batches and a status write: 60 ms, above 32 and up to 64.
        Assert.Equal(0.06, creating.SumSeconds, 9);
        Assert.Equal(1, creating.Counts[creating.UpperBoundsSeconds.IndexOf(0.064)]);
        var syncs = timeline.Metrics.Where(metric => metric.Key.StartsWith("job_sync_total", StringComparison.Ordinal)).Sum(metric => metric.Value);
        Assert.Equal(syncs, timeline.Histograms.Sum(histogram => histogram.Value.Counts.Sum()));
        Assert.Contains("\"job_sync_duration_seconds{Indexed,success,pods_created}\":{\"upperBoundsSeconds\":[0.001,0.002,", timeline.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Suspending_takes_the_finalizers_off_and_then_deletes_each_in_one_call_s_time()
    {
        var scenario = Scenario(NewJob(20, 20), Plan(500)) with
        {
            Actions = [new() { At = TimeSpan.FromSeconds(30), Operation = JobOperation.SetSuspend, Suspend = true }],
        };
        var timeline = Run(scenario, new() { ApiLatencyMilliseconds = 10 });
        Assert.Equal(TimeSpan.FromSeconds(30.010), timeline.Timeline.Single(entry => entry.Kind == "finalizers-removed").At);
        Assert.Equal(TimeSpan.FromSeconds(30.020), timeline.Timeline.Single(entry => entry.Kind == "pods-deleted").At);
    }

    [Fact]
    public void What_a_user_does_while_a_sync_waits_makes_its_status_write_conflict_and_is_heeded_by_the_next()
    {
        var scenario = Scenario(NewJob(20, 20), Plan(500)) with
        {
            Actions = [new() { At = TimeSpan.FromMilliseconds(55), Operation = JobOperation.SetSuspend, Suspend = true }],
        };
        var timeline = Run(scenario, new() { ApiLatencyMilliseconds = 10 });

        // The sync that began unsuspended made all twenty pods; the conflict of its write is no failure, and the next sync deletes them.
        Assert.Equal(20, Creations(timeline).Sum(creation => creation.Count));
        Assert.Equal(20, timeline.Timeline.Where(entry => entry.Kind == "pods-deleted").Sum(entry => entry.Pods.Length));
        Assert.Equal(TimeSpan.FromMilliseconds(90), timeline.Timeline.First(entry => entry.Kind == "status").At);
        Assert.True(HasCondition(timeline.Checkpoints[^1].Status!, "Suspended"));
    }

    [Fact]
    public void A_late_watch_delays_replacements_and_repeats_none()
    {
        var instant = Run(Scenario(NewJob(4, 2), Plan(10)), JobWorldOptions.Default);
        var late = Run(Scenario(NewJob(4, 2), Plan(10)), new() { WatchLatencyMilliseconds = 500 });
        Assert.Equal(4, Creations(late).Sum(creation => creation.Count));
        Assert.True(Creations(late).Last().Milliseconds > Creations(instant).Last().Milliseconds);
        Assert.Equal(instant.Checkpoints[^1].Status!.CompletedIndexes, late.Checkpoints[^1].Status!.CompletedIndexes);
    }

    [Fact]
    public void No_latency_is_the_same_as_no_options() => Assert.Equal(
        Run(Scenario(NewJob(9, 3), Plan(7)), JobWorldOptions.Default).ToJson(),
        Run(Scenario(NewJob(9, 3), Plan(7)), new() { Seed = 5 }).ToJson());

    [Fact]
    public void A_seed_fixes_failures_and_jitter()
    {
        JobWorldOptions world = new() { FailureProbability = 0.2, WatchJitterMilliseconds = 300, ApiLatencyMilliseconds = 3, Seed = 1 };
        var scenario = Scenario(NewJob(9, 3), Plan(7));
        Assert.Equal(Run(scenario, world).ToJson(), Run(scenario, world).ToJson());
        Assert.NotEqual(Run(scenario, world).ToJson(), Run(scenario, world with { Seed = 2 }).ToJson());
    }

    [Theory]
    [InlineData(-1, 0, 0, 0.0, "world.watchLatencyMilliseconds")]
    [InlineData(0, -1, 0, 0.0, "world.watchJitterMilliseconds")]
    [InlineData(0, 0, -1, 0.0, "world.apiLatencyMilliseconds")]
    [InlineData(0, 0, 0, double.NaN, "world.failureProbability")]
    public void What_cannot_be_is_refused_by_name(int watch, int jitter, int api, double failure, string expected)
    {
        JobWorldOptions world = new() { WatchLatencyMilliseconds = watch, WatchJitterMilliseconds = jitter, ApiLatencyMilliseconds = api, FailureProbability = failure };
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Run(Scenario(NewJob(1, 1)), world)).Message, StringComparison.Ordinal);
        var options = new JobForecastOptions { Job = NewJob(1, 1), PodDuration = new Distribution.Constant(1), World = world };
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => JobForecast.Run(options)).Message, StringComparison.Ordinal);
    }
}
