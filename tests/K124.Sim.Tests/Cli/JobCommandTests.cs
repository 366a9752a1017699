using System.Text;
using System.Text.Json;

namespace K124.Sim.Tests.Cli;

public sealed class JobCommandTests : IDisposable
{
    private const string Job = """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"sim","namespace":"default"},"spec":{"completionMode":"Indexed","completions":8,
        "parallelism":2,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"registry.example/app:1"}]}}}}
        """;

    private const string Plan = """
        {"start":"2022-05-03T12:00:00Z","endUs":600000000,
         "actions":[{"atUs":8000000,"op":"setSuspend","bool":true},{"atUs":60000000,"op":"setSuspend"}],
         "defaultPodPlan":{"finishUs":5000000,"outcome":"Succeeded"}}
        """;

    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Run_writes_the_timeline_of_a_plan()
    {
        var run = CliHarness.Run("job", "run", "--job", _cli.Write("job.json", Job), "--plan", _cli.Write("plan.json", Plan), "-o", "json");
        Assert.Equal(0, run.Code);
        Assert.Equal("0-7", run.Json().GetProperty("checkpoints")[2].GetProperty("status").GetProperty("completedIndexes").GetString());
    }

    [Fact]
    public void Run_shows_people_what_happened_and_how_it_ended()
    {
        var run = CliHarness.Run("job", "run", "--job", _cli.Write("job.json", Job), "--plan", _cli.Write("plan.json", Plan));
        Assert.Equal(0, run.Code);
        Assert.Contains("Suspended: Job suspended", run.Output, StringComparison.Ordinal);
        Assert.Contains("At the end: Complete, 0 active, 8 succeeded, 0 failed, 0 ready, indexes 0-7.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Forecast_gives_the_same_figures_on_any_number_of_threads()
    {
        string[] arguments =
        [
            "job", "forecast", "--job", _cli.Write("job.json", Job), "--duration", "lognormal:20,0.4", "--failure", "0.1", "--runs", "40",
            "--parallelism", "1", "4", "--suspend", "10-50", "--watch-latency", "20", "--watch-jitter", "30", "--api-latency", "5", "--api-failure", "0.02",
            "--feature-gates", "JobTrackingWithFinalizers=true", "-o", "json", "--threads",
        ];
        var one = CliHarness.Run([.. arguments, "1"]);
        var many = CliHarness.Run([.. arguments, "4"]);
        Assert.Equal((0, ""), (one.Code, one.Error));
        Assert.Equal(one.Output, many.Output);
        var rows = one.Json().GetProperty("forecasts");
        Assert.Equal(2, rows.GetArrayLength());
        Assert.True(Median(rows[0]) > Median(rows[1]));

        static double Median(JsonElement row) => row.GetProperty("completionSeconds").GetProperty("p50").GetDouble();
    }

    [Fact]
    public void Forecast_prints_a_table()
    {
        var run = CliHarness.Run("job", "forecast", "--job", _cli.Write("job.json", Job), "--duration", "30", "--runs", "2");
        Assert.Equal(0, run.Code);
        Assert.Contains("100.0 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("P95", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.svg")]
    [InlineData("run.SVG")]
    public void A_figure_of_a_run_shows_its_counters(string name)
    {
        var run = CliHarness.Run("job", "run", "--job", _cli.Write("job.json", Job), "--plan", _cli.Write("plan.json", Plan), "--figure", Path.Combine(_cli.Folder, name));
        Assert.Equal((0, ""), (run.Code, run.Error));
        AssertFigure(name, "succeeded", "suspended", "Job sim");
    }

    [Theory]
    [InlineData("forecast.SVG")]
    [InlineData("forecast.svg")]
    public void A_figure_of_a_forecast_shows_a_curve_a_parallelism(string name)
    {
        var run = CliHarness.Run(
            "job", "forecast", "--job", _cli.Write("job.json", Job), "--duration", "weibull:20,1.5", "--runs", "20", "--parallelism", "2", "4",
            "--figure", Path.Combine(_cli.Folder, name));
        Assert.Equal((0, ""), (run.Code, run.Error));
        AssertFigure(name, "parallelism 2", "parallelism 4", "P95", "complete runs");
    }

    [Fact]
    public void A_figure_of_a_forecast_in_which_nothing_is_complete_can_be_drawn()
    {
        var run = CliHarness.Run(
            "job", "forecast", "--job", _cli.Write("job.json", Job), "--duration", "30", "--failure", "1", "--runs", "3", "--figure", Path.Combine(_cli.Folder, "none.svg"));
        Assert.Equal((0, ""), (run.Code, run.Error));
        AssertFigure("none.svg", "none complete");
    }

    [Theory]
    [InlineData("--duration: 'gamma:1' is not", "--duration", "gamma:1")]
    [InlineData("--suspend: '9-3' is not FROM-TO", "--duration", "5", "--suspend", "9-3")]
    [InlineData("--failure: '2' is not a probability", "--duration", "5", "--failure", "2")]
    [InlineData("--runs: '0' is not a number from 1 on", "--duration", "5", "--runs", "0")]
    [InlineData("--horizon: '-1' is not", "--duration", "5", "--horizon", "-1")]
    [InlineData("--api-latency: '-1' is not", "--duration", "5", "--api-latency", "-1")]
    [InlineData("--figure: 'a.gif' does not end", "--duration", "5", "--figure", "a.gif")]
    [InlineData("unrecognized feature gate: Nope", "--duration", "5", "--feature-gates", "Nope=true")]
    public void What_cannot_be_is_refused(string expected, params string[] arguments)
    {
        var run = CliHarness.Run(["job", "forecast", "--job", _cli.Write("job.json", Job), .. arguments]);
        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("See 'k124 job forecast --help'.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"endUs\":600000000", "\"endUs\":\"soon\"", "plan.json:1: endUs: expected whole microseconds")]
    [InlineData("\"endUs\":600000000", "\"endUs\":-1", "plan.json: endUs: must not be negative")]
    [InlineData("\"op\":\"setSuspend\",\"bool\"", "\"op\":\"setSuspend\",\"boole\"", "plan.json:2: actions[0].boole: unknown member")]
    [InlineData("\"op\":\"setSuspend\"}", "\"op\":\"deletePod\",\"str\":\"pod-1\"}", "plan.json: actions[1].str: 'pod-1' is no identity")]
    [InlineData("\"op\":\"setSuspend\"}", "\"op\":\"setParallelism\"}", "plan.json: actions[1].int: must be a number")]
    [InlineData("\"outcome\":\"Succeeded\"", "\"outcome\":\"Success\"", "plan.json: defaultPodPlan.outcome: 'Success' is not")]
    [InlineData("\"defaultPodPlan\":", "\"podPlans\":{\"x\":{}},\"defaultPodPlan\":", "plan.json: podPlans: 'x' is no identity")]
    [InlineData("\"defaultPodPlan\":", "\"podPlans\":{\"i1.1\":{\"startUs\":1.5}},\"defaultPodPlan\":", "podPlans['i1.1'].startUs: expected whole microseconds")]
    [InlineData("\"defaultPodPlan\":", "\"world\":{\"failureProbability\":1.5},\"defaultPodPlan\":", "world.failureProbability: must lie between 0 and 1")]
    public void What_is_wrong_with_a_plan_is_said_with_file_and_member(string from, string to, string expected)
    {
        var plan = Plan.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Plan, plan);
        var run = CliHarness.Run("job", "run", "--job", _cli.Write("job.json", Job), "--plan", _cli.Write("plan.json", plan));
        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_job_that_the_server_refuses_is_refused_with_its_words()
    {
        var file = _cli.Write("job.json", Job.Replace("Never", "Always", StringComparison.Ordinal));
        var run = CliHarness.Run("job", "forecast", "--duration", "5", "--job", file);
        Assert.Equal(2, run.Code);
        Assert.Contains($"{file}: Job default/sim: the API server refuses it: spec.template.spec.restartPolicy: Required value", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_job_is_refused()
    {
        var run = CliHarness.Run("job", "forecast", "--duration", "5", "--job", _cli.Write("nodes.yaml", CliHarness.Nodes));
        Assert.Equal(2, run.Code);
        Assert.Contains("one Job is needed; found Node node-a, Node node-b, Node node-c", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forecast_and_a_run_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var job = _cli.Write("job.json", Job);
        Assert.Equal(130, CliHarness.Run(source.Token, "job", "forecast", "--job", job, "--duration", "5").Code);

        // Pods that fail at once and are replaced for a year.
        var plan = _cli.Write("plan.json", """
            {"start":"2022-05-03T12:00:00Z","endUs":31536000000000,"gates":{"JobReadyPods":false},"defaultPodPlan":{"startUs":1000,"finishUs":1000,"outcome":"Failed"}}
            """);
        var endless = _cli.Write("endless.json", Job.Replace("\"parallelism\":2", "\"parallelism\":2,\"backoffLimit\":2000000000", StringComparison.Ordinal));
        Assert.Equal(130, CliHarness.Run(source.Token, "job", "run", "--job", endless, "--plan", plan).Code);
    }

    private void AssertFigure(string name, params string[] texts)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_cli.Folder, name));
        var svg = Encoding.UTF8.GetString(bytes);
        Assert.All(texts, text => Assert.Contains(text, svg, StringComparison.Ordinal));
        Assert.Contains("<path", svg, StringComparison.Ordinal);
    }
}
