using System.CommandLine;
using System.Text.Json;
using K124.Sim.Cli.Commands;

namespace K124.Sim.Tests.Batch;

public sealed class JobCommandTests : IDisposable
{
    private const string Job = """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"sim","namespace":"default"},"spec":{"completionMode":"Indexed","completions":8,
        "parallelism":2,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"registry.example/app:1"}]}}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("k124-job").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_writes_the_timeline_of_a_plan()
    {
        var (code, output, _) = Invoke("run", "--job", Write("job.json", Job), "--plan", Write("plan.json", """
            {"start":"2022-05-03T12:00:00Z","endUs":600000000,"defaultPodPlan":{"finishUs":5000000,"outcome":"Succeeded"}}
            """));
        Assert.Equal(0, code);
        using var timeline = JsonDocument.Parse(output);
        var last = timeline.RootElement.GetProperty("checkpoints")[0].GetProperty("status");
        Assert.Equal("0-7", last.GetProperty("completedIndexes").GetString());
    }

    [Fact]
    public void Forecast_gives_the_same_figures_on_any_number_of_threads()
    {
        string[] arguments =
        [
            "forecast", "--job", Write("job.json", Job), "--duration", "lognormal:20,0.4", "--failure", "0.1", "--runs", "40",
            "--parallelism", "1", "4", "--suspend", "10-50", "-o", "json", "--threads",
        ];
        var (code, one, _) = Invoke([.. arguments, "1"]);
        var (_, many, _) = Invoke([.. arguments, "4"]);
        Assert.Equal(0, code);
        Assert.Equal(one, many);
        using var rows = JsonDocument.Parse(one);
        Assert.Equal(2, rows.RootElement.GetArrayLength());
        var slow = rows.RootElement[0].GetProperty("completionSeconds").GetProperty("p50").GetDouble();
        Assert.True(slow > rows.RootElement[1].GetProperty("completionSeconds").GetProperty("p50").GetDouble());
    }

    [Fact]
    public void Forecast_prints_a_table()
    {
        var (code, output, _) = Invoke("forecast", "--job", Write("job.json", Job), "--duration", "30", "--runs", "2");
        Assert.Equal(0, code);
        Assert.Contains("100.0 %", output, StringComparison.Ordinal);
        Assert.Contains("P95", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--duration", "gamma:1")]
    [InlineData("--duration", "5", "--suspend", "9-3")]
    [InlineData("--duration", "5", "--failure", "2")]
    [InlineData("--duration", "5", "--runs", "0")]
    public void What_cannot_be_is_refused(params string[] arguments)
    {
        var (code, _, error) = Invoke(["forecast", "--job", Write("job.json", Job), .. arguments]);
        Assert.NotEqual(0, code);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void A_job_that_the_server_refuses_is_refused_with_its_words()
    {
        var (code, _, error) = Invoke("forecast", "--duration", "5", "--job", Write("job.json", Job.Replace("Never", "Always", StringComparison.Ordinal)));
        Assert.Equal(2, code);
        Assert.Contains("spec.template.spec.restartPolicy: Required value", error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Invoke(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = new RootCommand { JobCommand.Create() }.Parse(["job", .. arguments]).Invoke(new() { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
