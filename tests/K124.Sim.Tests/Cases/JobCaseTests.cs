using System.Text.Json;
using K124.Sim.Batch.Forecast;
using K124.Sim.Tests.Cli;
using static K124.Sim.Tests.Cases.CaseFiles;

namespace K124.Sim.Tests.Cases;

public sealed class JobCaseTests
{
    [Theory]
    [InlineData("job.yaml", 0, "0 4 8 12 16 20 24", 28, 7)]
    [InlineData("job.yaml", 9, "0 4 8 12 16 20 24", 28, 7)]
    [InlineData("job.yaml", 10, "0 5 19 43 87 171 335", 659, 7)]
    [InlineData("job.yaml", 17, "0 5 19 43 87 171 335", 659, 7)]
    [InlineData("job-parallel.yaml", 9, "0 4", 8, 4)]
    [InlineData("job-parallel.yaml", 10, "0 5", 19, 4)]
    public void Retries_of_failed_pods_back_off(string job, int patch, string createdAt, int failedAt, int failed)
    {
        const string Case = "job-retries-with-backoff";
        var run = CliHarness.Run("job", "run", "--job", Of(Case, job), "--plan", Of(Case, "plan.json"), "--release", $"1.24.{patch}", "-o", "json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        var entries = run.Json().GetProperty("timeline").EnumerateArray().ToArray();
        Assert.Equal(createdAt, string.Join(' ', entries.Where(static entry => Kind(entry) == "pods-created").Select(Seconds)));
        var last = entries.Last(static entry => Kind(entry) == "status");
        Assert.Equal(failedAt, Seconds(last));
        Assert.Equal(failed, last.GetProperty("status").GetProperty("failed").GetInt32());

        static string Kind(JsonElement entry) => entry.GetProperty("kind").GetString()!;

        static long Seconds(JsonElement entry) => entry.GetProperty("atUs").GetInt64() / 1_000_000;
    }

    [Fact]
    public void A_forecast_tells_when_a_job_that_always_fails_gives_up()
    {
        var run = CliHarness.Run("job", "forecast", "--job", Of("job-retries-with-backoff", "job.yaml"), "--duration", "3", "--failure", "1", "--runs", "3", "-o", "json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        var forecast = run.Json().GetProperty("forecasts")[0];
        Assert.Equal(659, forecast.GetProperty("failureSeconds").GetProperty("p50").GetDouble());
        Assert.Empty(forecast.GetProperty("completionSeconds").EnumerateObject());
    }

    [Fact]
    public void A_null_among_the_actions_is_refused_by_its_place()
    {
        var exception = Assert.Throws<JsonException>(static () => JobScenario.Parse(TextOf("job-scenario-null-action", "plan.json")));
        Assert.Equal("$.actions[0]", exception.Path);
    }

    [Fact]
    public void A_job_whose_selector_does_not_select_its_pods_is_refused()
    {
        var exception = Assert.Throws<JsonException>(static () => JobScenario.Parse(TextOf("job-livelock-foreign-template", "scenario.json")));
        Assert.Equal("$.job", exception.Path);
        Assert.Contains("`selector` does not match template `labels`", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_makes_pods_without_end_hears_its_cancellation()
    {
        var scenario = JobScenario.Parse(TextOf("job-huge-parallelism", "scenario.json"));
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() => JobSimulation.Run(scenario, cancellationToken: source.Token));
    }

    [Fact]
    public void A_run_holds_a_bounded_number_of_pods()
    {
        var scenario = JobScenario.Parse(TextOf("job-huge-parallelism", "scenario.json"));
        var simulation = new JobSimulation(scenario, JobRecording.Counters);
        var exception = Assert.Throws<InvalidOperationException>(() => simulation.AdvanceTo(scenario.Start + scenario.Duration));
        Assert.Contains("a run holds no more", exception.Message, StringComparison.Ordinal);
    }
}
