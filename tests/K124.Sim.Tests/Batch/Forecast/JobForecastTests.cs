using K124.Sim.Batch.Forecast;
using static K124.Sim.Tests.Batch.Jobs.JobTestData;

namespace K124.Sim.Tests.Batch.Forecast;

public class JobForecastTests
{
    private static JobForecastOptions Options(int parallelism = 5, int backoffLimit = 100) => new()
    {
        Job = NewJob(40, parallelism, backoffLimit: backoffLimit),
        Profile = Profile(tracked: true) with { Seed = 7 },
        PodDuration = new Distribution.LogNormal(30, 0.4),
        FailureProbability = 0.1,
        Runs = 60,
    };

    [Fact]
    public void The_figures_do_not_depend_on_the_number_of_threads() =>
        Assert.Equal(JobForecast.Run(Options(), maxThreads: 1).Runs.ToArray(), JobForecast.Run(Options(), maxThreads: 4).Runs.ToArray());

    [Fact]
    public void The_figures_do_not_depend_on_the_number_of_threads_in_a_world_that_fails_either()
    {
        var options = Options() with { World = new() { FailureProbability = 0.05, WatchJitterMilliseconds = 50, ApiLatencyMilliseconds = 10, Seed = 3 } };
        var one = JobForecast.Run(options, maxThreads: 1).Runs.ToArray();
        Assert.Equal(one, JobForecast.Run(options, maxThreads: 3).Runs.ToArray());
        Assert.NotEqual(one, JobForecast.Run(options with { World = options.World with { Seed = 4 } }).Runs.ToArray());
    }

    [Fact]
    public void Every_run_is_reported_once()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();
        JobForecast.Run(Options(), maxThreads: 3, new Listener(seen.Add));
        Assert.Equal(Enumerable.Range(0, 60), seen.Order());
    }

    [Fact]
    public void A_forecast_ends_soon_after_it_is_told_to()
    {
        using var source = new CancellationTokenSource();
        var finished = 0;
        Assert.Throws<OperationCanceledException>(() => JobForecast.Run(Options() with { Runs = 1_000_000 }, maxThreads: 1, new Listener(_ =>
        {
            if (++finished == 10)
            {
                source.Cancel();
            }
        }), source.Token));
        Assert.InRange(finished, 10, 20);
    }

    [Fact]
    public void A_horizon_leaves_runs_unfinished()
    {
        var result = JobForecast.Run(Options() with { Horizon = TimeSpan.FromSeconds(45), Runs = 5 });
        Assert.Equal(1, result.Probability(JobOutcome.Unfinished));
        Assert.All(result.Runs, run => Assert.Equal(TimeSpan.FromSeconds(45), run.Elapsed));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_by_name()
    {
        Refuse("Runs", Options() with { Runs = 0 });
        Refuse("FailureProbability", Options() with { FailureProbability = double.NaN });
        Refuse("Horizon", Options() with { Horizon = TimeSpan.Zero });
        Refuse("SuspendWindows", Options() with { SuspendWindows = [new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5))] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distribution.Weibull(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distribution.LogNormal(double.PositiveInfinity, 1));
        Assert.Throws<ArgumentException>(() => new Distribution.Empirical([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distribution.Constant(1) with { Seconds = -1 });

        static void Refuse(string name, JobForecastOptions options) =>
            Assert.Contains(name, Assert.Throws<ArgumentException>(() => JobForecast.Run(options)).Message, StringComparison.Ordinal);
    }

    private sealed class Listener(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }

    [Fact]
    public void Another_seed_gives_other_runs() =>
        Assert.NotEqual(JobForecast.Run(Options()).Runs.ToArray(), JobForecast.Run(Options() with { Profile = Profile(tracked: true) with { Seed = 8 } }).Runs.ToArray());

    [Fact]
    public void More_parallelism_is_not_slower()
    {
        var slow = JobForecast.Run(Options(parallelism: 2)).CompletionPercentile(50);
        var fast = JobForecast.Run(Options(parallelism: 20)).CompletionPercentile(50);
        Assert.True(fast < slow, $"{fast} against {slow}");
    }

    [Fact]
    public void A_constant_duration_without_failures_gives_the_time_that_can_be_computed()
    {
        // 40 pods, 5 at a time: 8 waves of one second to start and 30 to run; each wave is noticed one second after it ends.
        var result = JobForecast.Run(Options() with { PodDuration = new Distribution.Constant(30), FailureProbability = 0, Runs = 2 });
        Assert.Equal(TimeSpan.FromSeconds(8 * 32), result.CompletionPercentile(100));
        Assert.Equal(0, result.WastedShare);
        Assert.All(result.Runs, run => Assert.Equal(40 * 30, run.UsefulSeconds));
    }

    [Fact]
    public void Failing_pods_can_exhaust_the_limit_and_waste_their_work()
    {
        var result = JobForecast.Run(Options(backoffLimit: 2) with { FailureProbability = 0.5 });
        Assert.True(result.Probability(JobOutcome.BackoffLimitExceeded) > 0.9);
        Assert.True(result.WastedShare > 0.2);
    }

    [Fact]
    public void A_suspension_delays_the_end_and_wastes_what_ran()
    {
        var options = Options() with { PodDuration = new Distribution.Constant(30), FailureProbability = 0, Runs = 1 };
        var suspended = JobForecast.Run(options with { SuspendWindows = [new(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(400))] });
        Assert.True(suspended.CompletionPercentile(50) > TimeSpan.FromSeconds(400 + (32 * 6)));
        Assert.True(suspended.WastedShare > 0);
    }

    [Fact]
    public void A_deadline_ends_a_run()
    {
        var options = Options() with { Job = NewJob(40, 1, deadlineSeconds: 60), FailureProbability = 0, Runs = 3 };
        var result = JobForecast.Run(options);
        Assert.Equal(1, result.Probability(JobOutcome.DeadlineExceeded));
        Assert.Null(result.CompletionPercentile(50));
    }

    [Fact]
    public void A_forecast_can_be_ended()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => JobForecast.Run(Options(), cancellationToken: source.Token));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("constant:2.5", 2.5)]
    [InlineData("empirical:4,4", 4)]
    [InlineData("lognormal:60,0", 60)]
    public void A_distribution_reads_from_text(string text, double expected)
    {
        Assert.True(Distribution.TryParse(text, out var distribution));
        Assert.Equal(expected, distribution.Sample(new SeededRandom(1)), 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("weibull:1")]
    [InlineData("weibull:1,0")]
    [InlineData("lognormal:-1,1")]
    [InlineData("constant:NaN")]
    [InlineData("gamma:1")]
    public void What_is_no_distribution_is_refused(string text) => Assert.False(Distribution.TryParse(text, out _));

    [Fact]
    public void The_sampled_mean_of_a_weibull_is_near_its_mean()
    {
        var random = new SeededRandom(3);
        var weibull = new Distribution.Weibull(10, 1);
        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => weibull.Sample(random)), 9.7, 10.3);
    }
}
